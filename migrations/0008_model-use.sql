-- What language models cost: one row for each call, without any text of a person, a document or a model.

create table model_use (
  id              bigint generated always as identity primary key,
  at              timestamptz not null default now(),
  -- The id of the prompt, and its version at the time.
  purpose         text not null,
  prompt_version  integer not null,
  -- As the settings name it.
  model           text not null,
  -- As the provider counted them; estimated where a call ended before it said so.
  input_tokens    integer not null,
  output_tokens   integer not null,
  milliseconds    integer not null,
  -- 'answered', or what went wrong.
  outcome         text not null
);

create index model_use_at on model_use (at);
