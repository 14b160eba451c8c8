-- Files that somebody fetches by a link, for some minutes. Each is made when its link is followed; here is who it was offered to.
create table download_link (
  -- SHA-256 of what the address ends in.
  token_hash  bytea primary key check (octet_length(token_hash) = 32),
  person_id   uuid not null references person,
  -- What makes the file, and what that has to know: evidence, EV-48.
  kind        text not null,
  argument    text not null,
  expires_at  timestamptz not null
);
create index download_link_person on download_link (person_id);
create index download_link_expires on download_link (expires_at);
