-- AI systems: the register, the interviews that fill it, and the questions left open.

-- People call them AIS-1, AIS-2, ... What is said about a system is in its current version; the columns behind `version` are
-- worked out from that by the rules in src/records/ai-system, to be searched.
create table ai_system (
  id               bigint generated always as identity primary key,
  name             text not null,
  owner_id         uuid references person,
  state            text not null default 'draft'
                     check (state in ('draft', 'submitted', 'sent_back', 'approved', 'retired', 'discarded')),
  version          int not null,
  -- The Content of src/records/ai-system/ai-system.ts.
  content          jsonb not null,
  stage            text,
  tier             text not null check (tier in ('minimal', 'limited', 'high', 'prohibited', 'undetermined')),
  roles            text[] not null,
  impact_depth     text not null check (impact_depth in ('none', 'screening', 'moderate', 'full')),
  -- Kinds of data about people; empty where there are none or nobody knows.
  personal_data    text[] not null,
  completeness     real not null check (completeness between 0 and 1),
  assessment_due   boolean not null default false,
  review_on        date,
  submitted_by     uuid references person,
  reviewer_id      uuid references person,
  created_by       uuid references person,
  created_at       timestamptz not null,
  changed_at       timestamptz not null
);

create index ai_system_state on ai_system (state);
create index ai_system_owner on ai_system (owner_id);
create index ai_system_stage on ai_system (stage);
create index ai_system_tier on ai_system (tier);
create index ai_system_roles on ai_system using gin (roles);
create index ai_system_personal_data on ai_system using gin (personal_data);
create index ai_system_review on ai_system (review_on) where state = 'approved';

-- Every version that there was. Rows are added, never changed.
create table ai_system_version (
  system_id  bigint not null references ai_system,
  version    int not null,
  act        text not null check (act in ('created', 'submitted', 'sent_back', 'approved', 'reassigned', 'changed',
               'overridden', 'retired', 'discarded')),
  state      text not null,
  content    jsonb not null,
  -- [{ "field": "facts.origin", "old": ["bought"], "new": ["bought", "changed"] }]
  changes    jsonb not null,
  reason     text,
  by_id      uuid references person,
  at         timestamptz not null,
  primary key (system_id, version)
);

-- One interview a system; sent back, it is opened again.
create table intake (
  id          bigint generated always as identity primary key,
  system_id   bigint not null unique references ai_system,
  state       text not null default 'open' check (state in ('open', 'paused', 'submitted', 'discarded')),
  -- The topic to ask next; null when all were asked.
  step        text,
  version     int not null default 1,
  started_by  uuid not null references person,
  changed_at  timestamptz not null
);

create index intake_started_by on intake (started_by) where state in ('open', 'paused');
-- For reminders of drafts that nobody goes on with.
create index intake_waiting on intake (changed_at) where state in ('open', 'paused');

create table intake_answer (
  intake_id  bigint not null references intake,
  topic      text not null,
  text       text not null,
  facts      jsonb not null,
  mark       text not null check (mark in ('answered', 'asked_again', 'skipped')),
  version    int not null,
  by_id      uuid not null references person,
  at         timestamptz not null,
  primary key (intake_id, topic)
);

create table open_point (
  id           bigint generated always as identity primary key,
  system_id    bigint not null references ai_system,
  topic        text not null,
  question     text not null,
  why          text not null,
  -- Who is to be asked; null where nobody is named yet.
  person_id    uuid references person,
  state        text not null default 'open' check (state in ('open', 'answered', 'dropped')),
  answer       text,
  raised_by    uuid references person,
  raised_at    timestamptz not null,
  closed_by    uuid references person,
  closed_at    timestamptz
);

create index open_point_system on open_point (system_id);
create index open_point_person on open_point (person_id) where state = 'open';
