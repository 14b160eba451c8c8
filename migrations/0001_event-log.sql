-- The event log: append-only and hash-chained. The format is described in src/event-log/entry.ts.

create table event_log (
  sequence       bigint primary key check (sequence > 0),
  at             timestamptz not null,
  actor          jsonb not null,
  on_behalf_of   uuid,
  action         text not null,
  subject        text not null,
  detail         jsonb not null,
  salt           bytea not null,
  inner_hash     bytea not null,
  previous_hash  bytea not null,
  hash           bytea not null
);

create index event_log_subject on event_log (subject, sequence);

-- Appends one entry behind the current head and returns its sequence number. The advisory lock makes every writer wait for
-- the one before it to commit, so this is to be the last statement of its transaction.
create function append_event(
  at timestamptz, actor jsonb, on_behalf_of uuid, action text, subject text, detail jsonb, salt bytea, inner_hash bytea
) returns bigint language plpgsql as $$
declare
  head event_log%rowtype;
  number bigint;
  previous bytea;
begin
  perform pg_advisory_xact_lock(4200100);
  select * into head from event_log order by sequence desc limit 1;
  number := coalesce(head.sequence, 0) + 1;
  previous := coalesce(head.hash, decode(repeat('00', 32), 'hex'));
  insert into event_log values (
    number, at, actor, on_behalf_of, action, subject, detail, salt, inner_hash, previous,
    sha256(convert_to(E'steward/event-log/entry/v1\n', 'UTF8') || int8send(number) || previous || inner_hash)
  );
  return number;
end $$;

create function refuse_event_log_change() returns trigger language plpgsql as $$
begin
  raise exception 'The event log is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger event_log_is_append_only before update or delete on event_log
  for each row execute function refuse_event_log_change();
create trigger event_log_is_not_truncated before truncate on event_log
  for each statement execute function refuse_event_log_change();
