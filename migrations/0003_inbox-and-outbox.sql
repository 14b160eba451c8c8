-- What was received and what is to be sent, for exactly-once handling across restarts and replicas.

create table inbox (
  id            bigint generated always as identity primary key,
  platform      text not null,
  workspace     text not null,
  -- The platform's own id of the delivery: the same for every repeat of it.
  delivery_id   text not null,
  turn          jsonb not null,
  received_at   timestamptz not null default now(),
  attempts      integer not null default 0,
  leased_until  timestamptz,
  done_at       timestamptz,
  failure       text,
  unique (platform, workspace, delivery_id)
);

create index inbox_open on inbox (id) where done_at is null;

create table outbox (
  id               bigint generated always as identity primary key,
  -- Names the message for ever: posting the same key again posts nothing.
  key              text not null unique,
  platform         text not null,
  address          jsonb not null,
  reply            jsonb not null,
  created_at       timestamptz not null default now(),
  attempts         integer not null default 0,
  next_attempt_at  timestamptz not null default now(),
  leased_until     timestamptz,
  -- An attempt was begun and its outcome is not known: look for the message before sending it again.
  is_doubtful      boolean not null default false,
  sent_at          timestamptz,
  message_id       text,
  failed_at        timestamptz,
  failure          text
);

create index outbox_due on outbox (next_attempt_at) where sent_at is null and failed_at is null;

-- What was said, kept for a short while: follow-up questions need it, and the web chat shows it.
create table thread_message (
  id            bigint generated always as identity primary key,
  platform      text not null,
  workspace     text not null,
  conversation  text not null,
  thread        text not null,
  -- Null where Steward speaks.
  person_id     uuid references person,
  text          text not null,
  reply         jsonb,
  at            timestamptz not null default now()
);

create index thread_message_thread on thread_message (platform, workspace, conversation, thread, id);
create index thread_message_age on thread_message (at);
