-- What a record is found by, as four bytes a key in columns of their own: a third of what keys as text took, and a key
-- that many share costs a few bytes for each. Each family of keys has its columns; a record has as many rows as its
-- fullest family needs.

alter table heed.record
  add column number bigint generated always as identity,
  -- Where not, its keys are made anew from its names before the service opens.
  add column is_keyed boolean not null default true;
alter table heed.record add constraint record_number unique (number);

create table heed.record_keys (
  record bigint not null references heed.record (number) on delete cascade,
  happened_at bigint not null,
  exact_a int,
  exact_b int,
  pair int,
  dated int,
  begun int,
  month int,
  born_a int,
  born_b int,
  post int,
  street_a int,
  street_b int
) with (fillfactor = 95);
create index record_keys_record on heed.record_keys (record);
-- Of these the newest are read, however many there are.
create index record_keys_exact_a on heed.record_keys (exact_a, happened_at) where exact_a is not null;
create index record_keys_exact_b on heed.record_keys (exact_b, happened_at) where exact_b is not null;
create index record_keys_pair on heed.record_keys (pair) where pair is not null;
create index record_keys_dated on heed.record_keys (dated) where dated is not null;
create index record_keys_begun on heed.record_keys (begun) where begun is not null;
create index record_keys_month on heed.record_keys (month) where month is not null;
create index record_keys_born_a on heed.record_keys (born_a) where born_a is not null;
create index record_keys_born_b on heed.record_keys (born_b) where born_b is not null;
create index record_keys_post on heed.record_keys (post) where post is not null;
create index record_keys_street_a on heed.record_keys (street_a) where street_a is not null;
create index record_keys_street_b on heed.record_keys (street_b) where street_b is not null;

-- The same as hashOf in TypeScript.
create function heed.key_hash(room text, source text, key text) returns int language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  as $$
    select ('x' || encode(substring(
      sha256(convert_to(room || E'\x1f' || source || E'\x1f' || key, 'UTF8')) for 4), 'hex'))::bit(32)::int
  $$;

-- Records that stand already: those about a subject are found by it at once, the rest by what Heed makes of their names
-- as it starts.
insert into heed.record_keys (record, happened_at, exact_a)
select number, happened_at, heed.key_hash(room, source, 'exact:subject|' || subject)
from heed.record, unnest(subjects) as subject;
update heed.record set is_keyed = false;
create index record_unkeyed on heed.record (number) where not is_keyed;

-- As before: what came of an erased body goes with it. A record keeps the ids of its subjects and is found under them.
create or replace function heed.erase_records() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  event heed.event;
  ids json;
begin
  select * into event from heed.event v where v.room = new.room and v.seq = new.seq;
  ids := event.header::json -> 'ids';
  with about as (
    select heed.key_hash(new.room, 'own-history', 'exact:subject|' || (ids ->> 'subject')) as key
  ), touched as (
    select r.number, r.happened_at, r.subjects from heed.record r
      where r.room = new.room and r.source = 'own-history' and (
        r.incident in (event.incident, ids ->> 'incident', ids ->> 'into')
        or (r.kind, r.record) in (
          ('contact', ids ->> 'contact'), ('marker', ids ->> 'marker'), ('order', ids ->> 'order')))
    union
    select r.number, r.happened_at, r.subjects
      from about a cross join lateral (
        select k.record from heed.record_keys k where k.exact_a = a.key
        union all select k.record from heed.record_keys k where k.exact_b = a.key
      ) k join heed.record r on r.number = k.record
      where r.room = new.room and r.source = 'own-history' and (ids ->> 'subject') = any (r.subjects)
  ), gone as (
    delete from heed.record_keys k using touched t where k.record = t.number
  ), kept as (
    insert into heed.record_keys (record, happened_at, exact_a)
    select t.number, t.happened_at, heed.key_hash(new.room, 'own-history', 'exact:subject|' || subject)
    from touched t, unnest(t.subjects) as subject
  )
  update heed.record r set names = '[]', says = '[erased]', is_keyed = true
    from touched t where r.number = t.number;
  return null;
end $$;

drop table heed.record_key;
alter table heed.record drop column keys;

revoke all on function heed.key_hash(text, text, text) from public;
grant execute on function heed.key_hash(text, text, text) to heed_service;
grant select, insert, update, delete on heed.record_keys to heed_service;
