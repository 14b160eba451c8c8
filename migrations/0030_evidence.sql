-- The organisation's own artefacts. People call them EV-1, EV-2, ... An item is a document; what is known of it at a time is a
-- version, and a change makes a new one, so that every past day can be told.

-- Files by the SHA-256 of their bytes: one copy of each.
create table content (
  sha256  bytea primary key check (octet_length(sha256) = 32),
  bytes   bytea not null,
  size    integer not null generated always as (octet_length(bytes)) stored
);
-- Most files are compressed already.
alter table content alter column bytes set storage external;

-- Who answers for an item, and may see it whatever its visibility.
alter table document add column owner_id uuid references person;
create index document_owner on document (owner_id) where owner_id is not null;
create index document_kind on document (kind, id);

create table evidence (
  document_id        bigint primary key references document,
  added_by           uuid not null references person,
  added_at           timestamptz not null,
  withdrawn_at       timestamptz,
  withdrawn_by       uuid references person,
  withdrawn_because  text,
  check ((withdrawn_at is null) = (withdrawn_because is null))
);

create table evidence_version (
  version_id    bigint primary key references document_version,
  document_id   bigint not null references evidence,
  -- Counts the files of an item, from 1: another title or date makes a new version of the same file.
  number        integer not null check (number > 0),
  kind          text not null,
  content       bytea not null references content,
  file_name     text not null,
  -- By the file's content, not by its name.
  media_type    text not null,
  -- It holds more text than is searched.
  is_text_cut   boolean not null,
  -- Null where no person did.
  made_by       uuid references person
);

create index evidence_version_document on evidence_version (document_id, version_id);
create index evidence_version_content on evidence_version (content);

-- What a version is evidence for, and why: clauses and controls, and AI systems by what people call them (AIS-12).
create table document_requirement (
  version_id   bigint not null references document_version on delete cascade,
  requirement  text not null,
  reason       text not null,
  primary key (version_id, requirement)
);
create index document_requirement_requirement on document_requirement (requirement, version_id);

create table document_system (
  version_id  bigint not null references document_version on delete cascade,
  system      text not null,
  reason      text not null,
  primary key (version_id, system)
);
create index document_system_system on document_system (system, version_id);

create index document_version_document on document_version (document_id, id);
create index document_version_valid_until on document_version (valid_until) where superseded_at is null and valid_until is not null;
create index document_version_created on document_version (created_at);
create index document_version_superseded on document_version (superseded_at) where superseded_at is not null;

create sequence evidence_number;

-- A file that somebody handed in and has not confirmed yet.
create table evidence_draft (
  id           uuid primary key default gen_random_uuid(),
  person_id    uuid not null references person,
  content      bytea not null references content,
  file_name    text not null,
  media_type   text not null,
  is_text_cut  boolean not null,
  -- [{ "section", "heading", "text" }]
  passages     jsonb not null,
  proposal     jsonb not null,
  created_at   timestamptz not null
);
create index evidence_draft_person on evidence_draft (person_id);
create index evidence_draft_content on evidence_draft (content);
create index evidence_draft_created on evidence_draft (created_at);
