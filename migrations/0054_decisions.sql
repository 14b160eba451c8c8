-- Decisions: what was decided, by whom, when and on what. People call them DEC-1, DEC-2, ... None is rewritten; one that was
-- recorded by mistake is withdrawn, and stays to be seen.
create table decision (
  id                 bigint generated always as identity primary key,
  text               text not null,
  outcome            text not null check (outcome in ('approved', 'refused', 'deferred', 'decided')),
  reason             text,
  -- What it is about, and what led to it: ('system', 'AIS-3'); see src/records/reference.ts.
  about_kind         text,
  about_ref          text,
  -- Who took part beside the people of decision_participant: whom Steward does not know.
  others             text,
  decided_on         date not null,
  visibility         text not null check (visibility in ('everyone', 'committee', 'auditors')),
  recorded_by        uuid references person,
  recorded_at        timestamptz not null,
  withdrawn_by       uuid references person,
  withdrawn_at       timestamptz,
  withdrawn_because  text,
  check ((about_kind is null) = (about_ref is null))
);

create index decision_about on decision (about_kind, about_ref);
create index decision_recorded on decision (recorded_at);

create table decision_participant (
  decision_id  bigint not null references decision,
  person_id    uuid not null references person,
  primary key (decision_id, person_id)
);

create index decision_participant_person on decision_participant (person_id);
