-- The lexical index: how often a term stands in a field of a passage.

create table posting (
  term      text not null,
  field     smallint not null,
  chunk_id  bigint not null references chunk on delete cascade,
  tf        smallint not null,
  primary key (term, field, chunk_id) include (tf)
);

create index posting_chunk on posting (chunk_id);

-- The length of each field of a passage, in terms.
create table field_length (
  chunk_id  bigint not null references chunk on delete cascade,
  field     smallint not null,
  terms     integer not null,
  primary key (chunk_id, field)
);
