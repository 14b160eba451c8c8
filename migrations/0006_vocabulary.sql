-- In how many passages each term stands. Weighing a question and correcting its spelling read this instead of counting postings.

create table vocabulary (
  term       text primary key collate "C",
  frequency  integer not null
);

insert into vocabulary select term, count(distinct chunk_id) from posting group by term;
