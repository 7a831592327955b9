-- What is searched and asked: the force's own history as it follows from the log, and snapshots of other systems.
-- Rebuildable: never evidence by itself. `source` is own-history for the first, the id of the source for the others.

-- One thing on record. `seq` is the event of the log, or the number of the import, as of which it stands so.
create table heed.record (
  room text collate "C" not null,
  source text collate "C" not null,
  kind text collate "C" not null,
  record text collate "C" not null,
  happened_at bigint not null,
  seq bigint not null,
  incident text collate "C",
  subjects text[] not null,
  names text not null,
  signs text[] not null,
  says text not null,
  keys text[] collate "C" not null,
  primary key (room, source, kind, record)
);
create index record_of_incident on heed.record (room, incident) where incident is not null;

-- What it is looked up by; the newest under a key come first without a sort.
create table heed.record_key (
  room text collate "C" not null,
  source text collate "C" not null,
  key text collate "C" not null,
  happened_at bigint not null,
  kind text collate "C" not null,
  record text collate "C" not null,
  primary key (room, source, key, happened_at, kind, record)
);

-- Imports of snapshots, each from its first line to its last; one that is not done goes on where it was.
create table heed.source_import (
  room text collate "C" not null,
  source text collate "C" not null,
  import bigint not null check (import > 0),
  file_digest text not null,
  mapping_digest text not null,
  taken_at bigint not null,
  begun_at bigint not null,
  done_at bigint,
  line bigint not null default 0,
  kept bigint not null default 0,
  merged bigint not null default 0,
  rejected bigint not null default 0,
  remarked bigint not null default 0,
  removed bigint not null default 0,
  rejects_bytes bigint not null default 0,
  primary key (room, source, import)
);

-- What came of an erased body goes with it: every record of what the event was about keeps no words and no names. It is
-- found under the room's own ids alone until the history is rebuilt from what the log still holds.
create function heed.erase_records() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  event heed.event;
  ids json;
begin
  select * into event from heed.event v where v.room = new.room and v.seq = new.seq;
  ids := event.header::json -> 'ids';
  with touched as (
    select r.kind, r.record, r.keys from heed.record r
      where r.room = new.room and r.source = 'own-history' and (
        r.incident in (event.incident, ids ->> 'incident', ids ->> 'into')
        or (r.kind, r.record) in (
          ('contact', ids ->> 'contact'), ('marker', ids ->> 'marker'), ('order', ids ->> 'order')))
    union
    select r.kind, r.record, r.keys from heed.record_key k join heed.record r using (room, source, kind, record)
      where k.room = new.room and k.source = 'own-history' and k.key = 'subject:' || (ids ->> 'subject')
  ), gone as (
    delete from heed.record_key k using touched t
      where k.room = new.room and k.source = 'own-history' and k.key = any (t.keys) and k.key not like 'subject:%'
        and k.kind = t.kind and k.record = t.record
  )
  update heed.record r set names = '[]', says = '[erased]',
      keys = array(select key from unnest(t.keys) as held (key) where key like 'subject:%')
    from touched t
    where r.room = new.room and r.source = 'own-history' and r.kind = t.kind and r.record = t.record;
  return null;
end $$;
create trigger records after insert on heed.erasure for each row execute function heed.erase_records();
alter table heed.erasure enable always trigger records;

revoke all on function heed.erase_records() from public;
grant select, insert, update, delete on heed.record, heed.record_key to heed_service;
grant select, insert, update on heed.source_import to heed_service;
grant select on heed.record, heed.source_import to heed_reader;
