-- What a language model cost in money: in the currency of the prices that were set at the time; null where none were.

alter table model_use add column cost numeric;

-- Of an answer, whatever a model did for it, also where in the end it was extracted: null where none was asked.
alter table answer
  add column input_tokens  integer,
  add column output_tokens integer,
  add column milliseconds  integer,
  add column cost          numeric;
