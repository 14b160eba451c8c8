-- People, how the platforms know them, and the roles they hold.

create table person (
  id            uuid primary key default gen_random_uuid(),
  display_name  text not null,
  -- Verified by the platform, in lower case. Joins a person's Slack and Teams identities.
  email         text,
  -- Example people exist for the local web chat only and are never joined to real ones.
  is_example    boolean not null default false,
  created_at    timestamptz not null default now()
);

create unique index person_email on person (email) where email is not null and not is_example;

create table person_identity (
  platform    text not null check (platform in ('slack', 'teams', 'web')),
  workspace   text not null,
  user_id     text not null,
  person_id   uuid not null references person,
  standing    text not null check (standing in ('member', 'guest', 'external', 'deactivated', 'unknown')),
  checked_at  timestamptz not null,
  primary key (platform, workspace, user_id)
);

create index person_identity_person on person_identity (person_id);

create table role_assignment (
  id            bigint generated always as identity primary key,
  person_id     uuid not null references person,
  role          text not null check (role in
                  ('compliance_lead', 'committee_chair', 'committee_member', 'auditor', 'administrator')),
  deputy_id     uuid references person check (deputy_id <> person_id),
  -- The last day on which the role is held, in the organisation's time zone.
  ends_on       date,
  -- Null where the configuration gave the role.
  given_by      uuid references person,
  given_at      timestamptz not null default now(),
  withdrawn_by  uuid references person,
  withdrawn_at  timestamptz
);

create unique index role_assignment_held on role_assignment (person_id, role) where withdrawn_at is null;
create index role_assignment_deputy on role_assignment (deputy_id) where withdrawn_at is null and deputy_id is not null;
