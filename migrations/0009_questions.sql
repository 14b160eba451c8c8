-- What happens around an answer: the answers that were given, what people say about them, and the questions that wait for a
-- person.

-- Where a person is spoken to who did not just ask: the direct conversation used last on each platform.
create table person_address (
  person_id  uuid not null references person,
  platform   text not null check (platform in ('slack', 'teams', 'web')),
  address    jsonb not null,
  used_at    timestamptz not null,
  primary key (person_id, platform)
);

-- What is to be said to a person whom Steward cannot reach yet; it goes to the outbox when the person speaks to Steward.
create table waiting_message (
  id          bigint generated always as identity primary key,
  -- The key of the message in the outbox.
  key         text not null unique,
  person_id   uuid not null references person,
  reply       jsonb not null,
  created_at  timestamptz not null default now()
);

create index waiting_message_person on waiting_message (person_id);

create table answer (
  id              bigint generated always as identity primary key,
  asker_id        uuid not null references person,
  platform        text not null,
  -- Whoever is in this conversation may say whether the answer helped.
  conversation    text not null,
  question        text not null,
  -- As it was said, with its citation marks. The receipt in the event log is of these very characters.
  text            text not null,
  is_declined     boolean not null,
  -- [{ "id": "A.6.2.8", "version": 12 }]; a version is a document_version, which guidance does not keep when it changes.
  sources         jsonb not null,
  -- The nearest page: the first source, or what came closest where nothing was good enough.
  topic           text,
  topic_title     text,
  -- Null where it was extracted.
  model           text,
  prompt_version  text,
  at              timestamptz not null
);

create table answer_feedback (
  answer_id   bigint not null references answer,
  person_id   uuid not null references person,
  is_helpful  boolean not null,
  reason      text check (reason in ('wrong', 'incomplete', 'not_asked', 'hard', 'outdated')),
  comment     text,
  at          timestamptz not null,
  -- When the compliance lead was done with it.
  closed_at   timestamptz,
  closed_by   uuid references person,
  primary key (answer_id, person_id),
  check (is_helpful = (reason is null))
);

create index answer_feedback_open on answer_feedback (at) where not is_helpful and closed_at is null;

-- People call them GAP-1, GAP-2, ...
create table knowledge_gap (
  id           bigint generated always as identity primary key,
  question     text not null,
  topic        text,
  topic_title  text,
  state        text not null default 'open' check (state in ('open', 'answered', 'withdrawn')),
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  closed_by    uuid references person,
  -- The reviewed answer that closed it.
  document_id  bigint references document,
  check ((state = 'answered') = (document_id is not null))
);

create index knowledge_gap_open on knowledge_gap (opened_at) where state = 'open';

create table knowledge_gap_asker (
  gap_id       bigint not null references knowledge_gap,
  person_id    uuid not null references person,
  -- As this person asked it.
  question     text not null,
  -- The same for every way to ask with the same words; see src/records/same-question.ts.
  fingerprint  text not null,
  -- Where the person asked, and is told the answer.
  platform     text not null,
  asked_at     timestamptz not null,
  primary key (gap_id, person_id)
);

create index knowledge_gap_asker_fingerprint on knowledge_gap_asker (fingerprint);

-- Numbers of reviewed answers: QA-1, QA-2, ...
create sequence reviewed_answer_number;
