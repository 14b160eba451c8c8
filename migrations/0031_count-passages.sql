-- In how many passages each field stands, so that averages follow every document that comes or goes without a look at all others.

alter table index_statistics add column field_passages bigint[] not null default '{0,0,0}';

update index_statistics set field_passages = (
  select array_agg((select count(distinct chunk_id) from posting where posting.field = field.number) order by field.number)
  from generate_series(0, 2) as field (number)
);
