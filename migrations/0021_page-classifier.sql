-- What search has learned of the words in which people ask for a page of the guidance: see src/retrieval/page-classifier.ts.

create table page_class (
  -- Where the page stands in the weights of a term.
  position     smallint primary key,
  -- Null for questions that no page answers.
  document_id  bigint unique references document on delete cascade
);

create table page_weight (
  term     text collate "C" primary key,
  -- How much rarer than others the term is in what was learned from.
  rarity   real not null,
  -- The weights are bytes from -127 to 127, one a page; times this each.
  unit     real not null,
  weights  bytea not null
);

-- A hash of what was learned from.
alter table index_statistics add column learned_from bytea;
