-- The people whom a record names, as they are spelt: lower case without accents, in one text. What stands under it is
-- found by its trigrams where PostgreSQL has them (src/database/spelling.ts). Names with what no database takes as text,
-- NUL and halves of characters, are left out.
create function heed.spelt(names text) returns text language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  as $$
    select case when names ~* '\\u(0000|d[89a-f])' then null else (
      select string_agg(
        regexp_replace(normalize(lower(one ->> 'name'), NFD), '[\u0300-\u036f]', '', 'g'), ' ' order by place)
      from json_array_elements(names::json) with ordinality as named (one, place) where one ->> 'kind' = 'person'
    ) end
  $$;
revoke all on function heed.spelt(text) from public;
grant execute on function heed.spelt(text) to heed_service;
