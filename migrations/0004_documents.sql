-- What Steward answers from: guidance pages now; the same tables hold evidence and reviewed answers.

create extension if not exists vector;

create table document (
  id          bigint generated always as identity primary key,
  -- What people call it: A.6.2.8, statement-of-applicability, EV-48.
  key         text not null unique,
  kind        text not null check (kind in ('guidance', 'evidence', 'reviewed_answer')),
  visibility  text not null check (visibility in ('everyone', 'committee', 'auditors', 'named'))
);

create table document_reader (
  document_id  bigint not null references document on delete cascade,
  person_id    uuid not null references person,
  primary key (document_id, person_id)
);

create table document_version (
  id             bigint generated always as identity primary key,
  document_id    bigint not null references document on delete cascade,
  title          text not null,
  sha256         bytea not null,
  metadata       jsonb not null,
  effective_on   date,
  valid_until    date,
  created_at     timestamptz not null default now(),
  superseded_at  timestamptz
);

create unique index document_version_current on document_version (document_id) where superseded_at is null;

create table chunk (
  id            bigint generated always as identity primary key,
  version_id    bigint not null references document_version on delete cascade,
  document_id   bigint not null references document on delete cascade,
  -- Counts the passages of a document in reading order, from 0.
  position      integer not null,
  -- The second-level heading the passage stands under.
  section       text not null,
  heading_path  text not null,
  body          text not null,
  unique (version_id, position)
);

create index chunk_document on chunk (document_id);
