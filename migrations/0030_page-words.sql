-- How much is said of each word when people ask for a page of the guidance, and of all words together on that page.

create table page_word (
  term         text not null collate "C",
  document_id  bigint not null references document on delete cascade,
  weight       real not null,
  total        real not null,
  primary key (term, document_id) include (weight, total)
);

create index page_word_document on page_word (document_id);

-- The guidance is read from its files and indexed anew at the next start.
delete from document where kind = 'guidance';
