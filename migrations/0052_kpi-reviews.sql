-- Reviews of the KPIs: each quarter, and after a major event. People call them KR-1, KR-2, ...
create table kpi_review (
  id           bigint generated always as identity primary key,
  -- The quarter that is looked back on, 2026-Q3; null for a review after an event.
  quarter      text unique,
  -- What happened; null for a quarter's review.
  event        text,
  -- Null where Steward called it.
  called_by    uuid references person,
  called_on    date not null,
  called_at    timestamptz not null,
  held_on      date,
  -- Who else took part, in somebody's words.
  others       text,
  outcome      text,
  recorded_by  uuid references person,
  recorded_at  timestamptz,
  check ((quarter is null) <> (event is null)),
  check ((recorded_at is null) = (outcome is null) and (recorded_at is null) = (held_on is null))
);
create index kpi_review_open on kpi_review (called_at) where recorded_at is null;

-- People whom Steward knows who took part.
create table kpi_review_participant (
  review_id  bigint not null references kpi_review,
  person_id  uuid not null references person,
  primary key (review_id, person_id)
);

-- What was looked at.
create table kpi_review_snapshot (
  review_id    bigint not null references kpi_review,
  snapshot_id  bigint not null references kpi_snapshot,
  primary key (review_id, snapshot_id)
);

create index evidence_added on evidence (added_at);
