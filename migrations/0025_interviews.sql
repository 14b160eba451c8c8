-- Who is asked what, what was said before it was asked, and what reviewers want to know.

-- A message in somebody's direct conversation is the answer to what they are asked. It is kept by person, so that they go on
-- with it on whichever platform they come back.
create table interviewee (
  person_id  uuid primary key references person,
  -- Null while the name of a new system is asked.
  intake_id  bigint references intake,
  topic      text,
  stage      text not null check (stage in ('name', 'answer', 'again', 'choose', 'confirm')),
  -- The version of the answer that the person was shown; 0 where there was none.
  seen       int not null,
  -- The card that asks.
  card       text not null,
  asked_at   timestamptz not null
);

create index interviewee_intake on interviewee (intake_id);

-- What somebody said on a topic before it was asked; it waits for their confirmation.
create table intake_said (
  intake_id  bigint not null references intake,
  topic      text not null,
  text       text not null,
  facts      jsonb not null,
  by_id      uuid not null references person,
  at         timestamptz not null,
  primary key (intake_id, topic)
);

-- What a reviewer wants to know of a topic before approving.
create table review_comment (
  id         bigint generated always as identity primary key,
  system_id  bigint not null references ai_system,
  topic      text not null,
  comment    text not null,
  by_id      uuid not null references person,
  at         timestamptz not null,
  closed_at  timestamptz
);

create index review_comment_open on review_comment (system_id) where closed_at is null;

-- For reminders of reviews and of questions that wait.
create index ai_system_waiting on ai_system (changed_at) where state = 'submitted';
create index open_point_waiting on open_point (raised_at) where state = 'open' and person_id is not null;

-- What somebody decided in the place of proposals before the interview was submitted; it is recorded with the submission.
create table intake_decision (
  intake_id  bigint primary key references intake,
  decided    jsonb not null,
  reason     text not null,
  -- On what it was decided: it lapses where these change in what matters.
  facts      jsonb not null,
  by_id      uuid not null references person,
  at         timestamptz not null
);
