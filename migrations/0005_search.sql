-- The lexical index: how often a term stands in a field of a passage. Fields: 0 name, 1 phrasings, 2 body. A term is a stem, a
-- pair of adjacent stems ("event log"), or a number of the standard.

create table posting (
  term      text not null collate "C",
  field     smallint not null,
  chunk_id  bigint not null references chunk on delete cascade,
  -- How often the term stands in the field, and how many stems the field has.
  tf        smallint not null,
  length    smallint not null,
  primary key (term, chunk_id, field) include (tf, length)
);

create index posting_chunk on posting (chunk_id);

-- What ranking needs to know about the whole index; one row, brought up to date by every ingest.
create table index_statistics (
  only_row        boolean primary key default true check (only_row),
  passages        bigint not null,
  average_length  float8[] not null
);

insert into index_statistics values (true, 0, '{1,1,1}');
