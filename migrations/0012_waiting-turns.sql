-- Turns that wait until a process has a place for them, in an order that is fair between people.

alter table inbox
  -- Who speaks, as the platform names them.
  add column sender jsonb not null generated always as (turn -> 'sender') stored,
  -- Turns begin by their round, then by their id. Everybody has one turn in a round; whoever sends more waits for later rounds,
  -- and whoever comes joins the round that is being handled.
  add column round bigint not null default 0,
  -- When the person was shown that this turn waits, and when a notice said so.
  add column shown_at timestamptz,
  add column noticed_at timestamptz;

drop index inbox_open;
create index inbox_open on inbox (round, id) where done_at is null;
create index inbox_open_sender on inbox (sender, round) where done_at is null;
create index inbox_noticed on inbox (sender, noticed_at) where noticed_at is not null;
