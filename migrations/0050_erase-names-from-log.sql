-- Titles that people gave, and that name somebody, stand in the details of entries that are not about that person.

drop function erase_event_details(uuid[]);

-- Erases the details of entries by people, about them and that mention them, by number or by name. Reads the whole log, which
-- happens rarely. Returns the numbers of the entries that were erased now.
create function erase_event_details(people uuid[], names text[]) returns setof bigint language plpgsql as $$
begin
  perform set_config('steward.erasing', 'yes', true);
  return query
    update event_log set detail = '{}', salt = ''
    where salt <> ''::bytea and action <> 'person.erased' and (
      actor ->> 'person' = any(people::text[])
      or on_behalf_of = any(people)
      or subject in (select 'person:' || person from unnest(people) as person)
      or exists (select from unnest(people) as person where strpos(detail::text, person::text) > 0)
      or exists (
        select from jsonb_path_query(detail, 'strict $.**') as part cross join unnest(names) as name
        where jsonb_typeof(part) = 'string' and strpos(part #>> '{}', name) > 0))
    returning sequence;
  perform set_config('steward.erasing', '', true);
end $$;
