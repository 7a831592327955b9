-- The log of every room: events that are chained and never change, their bodies apart, and what commands came to.

create table heed.room (
  room text collate "C" primary key,
  kind text not null check (kind in ('live', 'exercise', 'replay')),
  created_at bigint not null
);

-- One row a room: whose turn it is to write, and where the chain stands. Every append moves it, so two never write.
create table heed.writer (
  room text collate "C" primary key references heed.room,
  epoch bigint not null default 0,
  holder text not null default '',
  seq bigint not null default 0,
  hash text not null default repeat('0', 64)
);

-- The header is the exact text whose SHA-256 is the hash; the columns after it are copies, for finding events.
-- No foreign keys: the writer's row, which each append must move, holds the room, and `heed verify` holds the rest.
create table heed.event (
  room text collate "C" not null,
  seq bigint not null check (seq > 0),
  header text not null,
  hash text collate "C" not null,
  type text collate "C" not null,
  scope text collate "C" not null,
  incident text collate "C",
  recorded_at bigint not null,
  primary key (room, seq)
);
create index event_of_incident on heed.event (room, incident, seq) where incident is not null;

-- Gone once it has been lawfully erased; the digest of salt and body stays in the header.
create table heed.body (
  room text collate "C" not null,
  seq bigint not null,
  salt text not null,
  body text not null,
  primary key (room, seq)
);

-- What each command came to: its kind and its place. What a refusal said stands in heed.answer, for it may name people,
-- and goes with the body of the event at its place.
create table heed.command (
  room text collate "C" not null,
  command text collate "C" not null,
  digest text not null,
  outcome text not null,
  at bigint not null,
  primary key (room, command)
);
create table heed.answer (
  room text collate "C" not null,
  command text collate "C" not null,
  seq bigint not null,
  answer text not null,
  primary key (room, command)
);
create index answer_by_seq on heed.answer (room, seq);

-- The record of each erasure: which event of the log decided it, by whom, and who was the second person.
-- A table that holds what came of bodies removes it in a trigger of its own after an insert here.
create table heed.erasure (
  room text collate "C" not null,
  seq bigint not null,
  at bigint not null,
  decision bigint not null,
  by text not null,
  second text not null,
  primary key (room, seq)
);

-- Pictures of a room, to start from: a cache. One counts only once its row is here, written after all its slices.
create table heed.snapshot (
  room text collate "C" not null,
  picture text collate "C" not null,
  seq bigint not null,
  hash text not null,
  fold text not null,
  slices integer not null,
  at bigint not null,
  primary key (room, picture)
);
create table heed.snapshot_slice (
  room text collate "C" not null,
  picture text collate "C" not null,
  place integer not null,
  part text not null,
  text text not null,
  digest text not null,
  at bigint not null,
  primary key (room, picture, place)
);
alter table heed.snapshot_slice alter column text set storage external;

-- A room that is being read in from an export is not a room until its last line has been written.
create table heed.import (
  room text collate "C" primary key references heed.room,
  seq bigint not null,
  hash text not null,
  begun_at bigint not null,
  done_at bigint
);

create function heed.now_ms() returns bigint language sql volatile
  set search_path = pg_catalog, pg_temp
  return (extract(epoch from clock_timestamp()) * 1000)::bigint;

-- Ends a statement that appended nothing, and with it everything that was sent in its transaction.
create function heed.not_appended() returns boolean language plpgsql volatile
  set search_path = pg_catalog, pg_temp
  as $$ begin raise exception 'not appended' using errcode = 'HD001'; end $$;

create function heed.refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
begin
  raise exception '% of heed.% is refused: history is only ever added to', tg_op, tg_table_name
    using errcode = 'HD002';
end $$;

create function heed.refuse_unrecorded_erasure() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
begin
  if exists (select from heed.erasure e where e.room = old.room and e.seq = old.seq) then return old; end if;
  raise exception 'delete of heed.% is refused: no erasure of it is on record', tg_table_name using errcode = 'HD002';
end $$;

create trigger unchanged before update or delete on heed.event
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.event
  for each statement execute function heed.refuse_change();
create trigger unchanged before update or delete on heed.command
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.command
  for each statement execute function heed.refuse_change();
create trigger unchanged before update or delete on heed.erasure
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.erasure
  for each statement execute function heed.refuse_change();
create trigger unchanged before update or delete on heed.room
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.room
  for each statement execute function heed.refuse_change();
create trigger unchanged before update on heed.body
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.body
  for each statement execute function heed.refuse_change();
create trigger unchanged before update on heed.answer
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.answer
  for each statement execute function heed.refuse_change();
create trigger recorded before delete on heed.body
  for each row execute function heed.refuse_unrecorded_erasure();
create trigger recorded before delete on heed.answer
  for each row execute function heed.refuse_unrecorded_erasure();

-- Session settings that switch triggers off do not switch these off.
alter table heed.event enable always trigger unchanged, enable always trigger untruncated;
alter table heed.command enable always trigger unchanged, enable always trigger untruncated;
alter table heed.erasure enable always trigger unchanged, enable always trigger untruncated;
alter table heed.room enable always trigger unchanged, enable always trigger untruncated;
alter table heed.body
  enable always trigger unchanged, enable always trigger untruncated, enable always trigger recorded;
alter table heed.answer
  enable always trigger unchanged, enable always trigger untruncated, enable always trigger recorded;

-- The one way for a body to go: only what a decision by two people in the log names, on a room judged up to an event
-- after which no legal hold was placed. The writer's row is held, so that none is placed meanwhile.
create function heed.erase_bodies(of_room text, by_decision bigint, seqs bigint[], judged bigint) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  decision_header json;
  decision_body json;
  erased bigint;
begin
  perform from heed.writer w where w.room = of_room and w.seq >= judged for update;
  if not found then
    raise exception 'room % has no event %', of_room, judged using errcode = 'HD003';
  end if;
  select v.header::json, b.body::json into decision_header, decision_body
    from heed.event v join heed.body b on b.room = v.room and b.seq = v.seq
    where v.room = of_room and v.seq = by_decision and v.type = 'ErasureDecided';
  if not found then
    raise exception 'event % of room % decides no erasure', by_decision, of_room using errcode = 'HD003';
  end if;
  if decision_header ->> 'second' is null
    or decision_header ->> 'second' = decision_header -> 'actor' ->> 'id' then
    raise exception 'event % of room % was not decided by two people', by_decision, of_room using errcode = 'HD003';
  end if;
  if by_decision <= any (seqs) or exists (
    select wanted from unnest(seqs) as wanted
    except select named::bigint from json_array_elements_text(decision_body -> 'seqs') as named
  ) then
    raise exception 'event % of room % does not name all of these', by_decision, of_room using errcode = 'HD003';
  end if;
  if exists (
    select from heed.event v where v.room = of_room and v.seq = any (seqs) and v.type = 'ErasureDecided'
  ) then
    raise exception 'a decision on erasure is not erased' using errcode = 'HD003';
  end if;
  if exists (select from heed.event v where v.room = of_room and v.seq > judged and v.type = 'LegalHoldPlaced') then
    raise exception 'a legal hold was placed after event % of room %', judged, of_room using errcode = 'HD004';
  end if;
  insert into heed.erasure (room, seq, at, decision, by, second)
    select of_room, v.seq, heed.now_ms(), by_decision,
      decision_header -> 'actor' ->> 'id', decision_header ->> 'second'
    from heed.event v where v.room = of_room and v.seq = any (seqs)
    on conflict do nothing;
  get diagnostics erased = row_count;
  delete from heed.body b where b.room = of_room and b.seq = any (seqs);
  delete from heed.answer a where a.room = of_room and a.seq = any (seqs);
  delete from heed.snapshot s where s.room = of_room;
  delete from heed.snapshot_slice s where s.room = of_room;
  return erased;
end $$;

revoke all on all functions in schema heed from public;
grant usage on schema heed to heed_service, heed_reader, heed_eraser;
grant execute on function heed.now_ms(), heed.not_appended() to heed_service;
grant execute on function heed.erase_bodies(text, bigint, bigint[], bigint) to heed_eraser;
grant select on heed.room, heed.writer, heed.event, heed.body, heed.command, heed.answer, heed.erasure, heed.import
  to heed_service;
grant insert on heed.room, heed.event, heed.body, heed.command, heed.answer to heed_service;
grant insert, update on heed.writer to heed_service;
grant select, insert, delete on heed.snapshot, heed.snapshot_slice to heed_service;
grant select on heed.room, heed.event, heed.body, heed.erasure to heed_reader;
