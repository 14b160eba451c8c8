-- Erasing a person takes detail and salt from entries of the event log, and nothing else: the chain is over inner hashes, which
-- stay. What is erased is named by a later entry, `person.erased`; src/event-log/verify.ts finds whatever none names.

create or replace function refuse_event_log_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('steward.erasing', true) = 'yes' then
    if new.detail = '{}'::jsonb and new.salt = ''::bytea
      and to_jsonb(new) - 'detail' - 'salt' = to_jsonb(old) - 'detail' - 'salt'
    then
      return new;
    end if;
  end if;
  raise exception 'The event log is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

-- Erases the details of entries by people, about them and that mention them. Reads the whole log, which happens rarely.
-- Returns the numbers of the entries that were erased now.
create function erase_event_details(people uuid[]) returns setof bigint language plpgsql as $$
begin
  perform set_config('steward.erasing', 'yes', true);
  return query
    update event_log set detail = '{}', salt = ''
    where salt <> ''::bytea and action <> 'person.erased' and (
      actor ->> 'person' = any(people::text[])
      or on_behalf_of = any(people)
      or subject in (select 'person:' || person from unnest(people) as person)
      or exists (select from unnest(people) as person where strpos(detail::text, person::text) > 0))
    returning sequence;
  perform set_config('steward.erasing', '', true);
end $$;
