-- What a file that was handed in becomes: whose evidence it is, and whether it takes the place of an item's file.
alter table evidence_draft add column owner_id uuid references person;
update evidence_draft set owner_id = person_id;
alter table evidence_draft alter column owner_id set not null;
alter table evidence_draft add column replaces bigint references document;

-- An earlier file of the same name, or of the same title, is perhaps an earlier version.
create index evidence_version_file_name on evidence_version (file_name);
create index document_version_evidence_title on document_version (lower(title)) where superseded_at is null;

-- Files that were attached in the web chat, until Steward has taken them.
create table web_upload (
  id          uuid primary key default gen_random_uuid(),
  bytes       bytea not null,
  created_at  timestamptz not null
);
create index web_upload_created on web_upload (created_at);
