-- The weekly digest: where it goes and when, and each one that was made.

alter table outbox
  -- Whoever posted it looks after it: it is tried until it is sent, refused or ended, and where the platform cannot tell whether
  -- it arrived, nothing is said in the conversation.
  add column is_watched boolean not null default false,
  -- What has to be mended before it can be sent, as Markdown.
  add column trouble text;

create table digest_channel (
  id            bigint generated always as identity primary key,
  platform      text not null check (platform in ('slack', 'teams', 'web')),
  workspace     text not null,
  conversation  text not null,
  address       jsonb not null,
  -- What people call it, where the platform tells.
  name          text,
  -- With whom it is a direct conversation; null for a channel.
  person_id     uuid references person,
  -- 1 is Monday.
  weekday       int not null check (weekday between 1 and 7),
  time          text not null check (time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  time_zone     text not null,
  is_paused     boolean not null default false,
  -- Moments before this one are not made up for.
  since         timestamptz not null,
  set_by        uuid not null references person,
  ended_at      timestamptz
);
create unique index digest_channel_place on digest_channel (platform, workspace, conversation) where ended_at is null;

create table digest (
  id           bigint generated always as identity primary key,
  channel_id   bigint not null references digest_channel,
  -- The ISO week: 2026-W48. One digest a week and channel, whatever happens to clocks and schedules.
  period       text not null,
  due_at       timestamptz not null,
  composed_at  timestamptz not null,
  -- The Situation of src/records/digest/situation.ts, its headline, and what was done since; empty when its time is over.
  content      jsonb not null,
  state        text not null default 'sending'
                 check (state in ('sending', 'posted', 'doubtful', 'refused', 'given_up')),
  -- Counts how often somebody had it posted again: each has a key of its own in the outbox.
  attempt      int not null default 1,
  unique (channel_id, period)
);
create index digest_open on digest (id) where state = 'sending';
create index digest_composed on digest (composed_at);
create index digest_channel_person on digest_channel (person_id) where person_id is not null;
create index digest_channel_latest on digest (channel_id, id);
