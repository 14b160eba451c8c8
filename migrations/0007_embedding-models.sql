-- The embedding models that passages have vectors of. Each has a table of its own, `embedding_<model>`, made when its first
-- vectors arrive, because a column of vectors has the model's number of dimensions: src/retrieval/embedding-table.ts.
create table embedding_model (
  model        text primary key,
  table_name   text not null unique,
  dimensions   integer not null check (dimensions between 1 and 2000),
  created_at   timestamptz not null default now(),
  -- When every passage had a vector. From then on the model answers questions, also while new passages wait for theirs.
  complete_at  timestamptz,
  -- When its table grew large enough for an approximate index. Until then every vector is compared.
  indexed_at   timestamptz
);
