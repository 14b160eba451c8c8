-- A table of AI systems that somebody wants in the register: first its file is waited for, then what it would do is shown, and
-- with its person's word it is done and removed from here.
create table register_import (
  person_id  uuid primary key references person,
  -- Names what was shown, so that a button of an earlier file does nothing.
  id         uuid not null default gen_random_uuid(),
  asked_at   timestamptz not null,
  file_name  text,
  -- [{ "number", "cells": { HEADING: TEXT } }]
  rows       jsonb,
  check ((file_name is null) = (rows is null))
);
create index register_import_asked on register_import (asked_at);
