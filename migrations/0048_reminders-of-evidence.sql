-- What the owner of an item was reminded of, so that they are once: before it lapses, and when it has.
create table evidence_reminder (
  document_id  bigint not null references evidence,
  valid_until  date not null,
  stage        text not null,
  reminded_at  timestamptz not null,
  primary key (document_id, valid_until, stage)
);
