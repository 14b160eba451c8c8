-- Evidence has an index of its own, and what ranking knows of it stands apart: whatever comes in beside the guidance and the
-- reviewed answers, these are found as before, and as fast.

create table evidence_posting (
  term      text not null collate "C",
  field     smallint not null,
  chunk_id  bigint not null references chunk on delete cascade,
  tf        smallint not null,
  length    smallint not null,
  primary key (term, chunk_id, field) include (tf, length)
);
create index evidence_posting_chunk on evidence_posting (chunk_id);

create table evidence_vocabulary (
  term       text primary key collate "C",
  frequency  integer not null
);

create table evidence_statistics (
  only_row        boolean primary key default true check (only_row),
  passages        bigint not null,
  field_passages  bigint[] not null,
  average_length  float8[] not null
);

with moved as (
  delete from posting using chunk, document
  where chunk.id = posting.chunk_id and document.id = chunk.document_id and document.kind = 'evidence'
  returning posting.*
)
insert into evidence_posting (term, field, chunk_id, tf, length) select term, field, chunk_id, tf, length from moved;

insert into evidence_vocabulary select term, count(distinct chunk_id) from evidence_posting group by term;

update vocabulary set frequency = vocabulary.frequency - evidence_vocabulary.frequency
  from evidence_vocabulary where evidence_vocabulary.term = vocabulary.term;
delete from vocabulary where frequency <= 0;

insert into evidence_statistics
  select true, (select count(*) from chunk join document on document.id = chunk.document_id where document.kind = 'evidence'),
    array_agg(passages order by number), array_agg(coalesce(length, 1)::float8 order by number)
  from generate_series(0, 2) as number cross join lateral (
    select count(*) as passages, avg(length) as length
    from (select distinct chunk_id, length from evidence_posting where field = number) as each
  ) as counted;

update index_statistics set
  passages = passages - (select passages from evidence_statistics),
  (field_passages, average_length) = (
    select array_agg(passages order by number), array_agg(coalesce(length, 1)::float8 order by number)
    from generate_series(0, 2) as number cross join lateral (
      select count(*) as passages, avg(length) as length
      from (select distinct chunk_id, length from posting where field = number) as each
    ) as counted);
