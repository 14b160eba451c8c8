-- KPIs: what the organisation decided about them, the values that people enter, and weekly snapshots of all.

-- Owner, target and frequency of a KPI. The newest row holds; the catalogue, src/records/kpi/catalogue.ts, where there is none.
create table kpi_setting (
  id         bigint generated always as identity primary key,
  kpi        text not null,
  -- Null where it is whoever holds the role that the catalogue names.
  owner_id   uuid references person,
  target     double precision,
  frequency  text not null check (frequency in ('weekly', 'monthly', 'quarterly', 'never')),
  reason     text not null,
  by_id      uuid references person,
  at         timestamptz not null
);
create index kpi_setting_kpi on kpi_setting (kpi, id);

-- A value that somebody entered: a number, or so many of so many. People call them KV-1, KV-2, ... The newest one holds.
create table kpi_entry (
  id           bigint generated always as identity primary key,
  kpi          text not null,
  formula      int not null,
  value        double precision not null,
  part         double precision,
  whole        double precision check (whole > 0),
  -- The day for which it was counted.
  measured_on  date not null,
  note         text not null,
  by_id        uuid not null references person,
  at           timestamptz not null,
  check ((part is null) = (whole is null))
);
create index kpi_entry_kpi on kpi_entry (kpi, id);

create table kpi_snapshot (
  id           bigint generated always as identity primary key,
  kpi          text not null,
  -- The version of the formula by which it was computed.
  formula      int not null,
  -- Null where there was nothing to measure.
  value        double precision,
  part         double precision,
  whole        double precision,
  -- What was aimed at then.
  target       double precision,
  -- [["AIS-3", 1], ...]: each record behind the value, and what it counts for.
  records      jsonb not null,
  measured_on  date not null,
  taken_on     date not null,
  taken_at     timestamptz not null
);
create index kpi_snapshot_kpi on kpi_snapshot (kpi, taken_on, id);
create index kpi_snapshot_taken on kpi_snapshot (taken_on);

-- History is never rewritten. A note may have to be blanked for somebody's sake, its value not.
create function refuse_kpi_change() returns trigger language plpgsql as $$
begin
  raise exception 'The history of KPIs is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger kpi_snapshot_is_append_only before update or delete on kpi_snapshot
  for each row execute function refuse_kpi_change();
create trigger kpi_snapshot_is_not_truncated before truncate on kpi_snapshot
  for each statement execute function refuse_kpi_change();
create trigger kpi_entry_is_kept before delete or update of kpi, formula, value, part, whole, measured_on, at on kpi_entry
  for each row execute function refuse_kpi_change();
create trigger kpi_entry_is_not_truncated before truncate on kpi_entry
  for each statement execute function refuse_kpi_change();
create trigger kpi_setting_is_kept before delete or update of kpi, target, frequency, at on kpi_setting
  for each row execute function refuse_kpi_change();

-- For what was decided and asked in a period.
create index ai_system_version_at on ai_system_version (at);
create index answer_at on answer (at);
create index answer_feedback_at on answer_feedback (at);
