-- Whether a question is about the guidance is asked of the guidance's own words, whatever else is stored beside it.

alter table vocabulary add column guidance_frequency integer not null default 0;
alter table index_statistics add column guidance_passages bigint not null default 0;

update vocabulary set guidance_frequency = counted.frequency from (
  select posting.term, count(distinct posting.chunk_id) as frequency
  from posting join chunk on chunk.id = posting.chunk_id join document on document.id = chunk.document_id
  where document.kind = 'guidance' group by posting.term
) as counted where counted.term = vocabulary.term;

update index_statistics set guidance_passages = (
  select count(*) from chunk join document on document.id = chunk.document_id where document.kind = 'guidance'
);
