-- Who is signed in, what each of them was shown, and the second fence: row-level security for the API's reads.

-- Sessions hold the SHA-256 of a token, never the token; what is said of them in the end is in the access log.
create table heed.session (
  room text collate "C" not null,
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  actor_kind text not null check (actor_kind in ('staff', 'machine')),
  actor_id text collate "C" not null,
  way text not null check (way in ('directory', 'demonstration')),
  roles text[],
  started_at bigint not null,
  seen_at bigint not null,
  ends_at bigint not null,
  ended_at bigint,
  hint bytea,
  primary key (room, digest)
);
create index session_of_actor on heed.session (room, actor_kind, actor_id, started_at) where ended_at is null;

-- Attempts to sign in that have been finished, until they would be too old to be.
create table heed.spent_attempt (
  room text collate "C" not null,
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  until bigint not null,
  primary key (room, digest)
);

grant select, insert, update, delete on heed.session to heed_service;
grant select, insert, delete on heed.spent_attempt to heed_service;

-- The access log: a chain of its own for each room, of the same form as the log of events.
create table heed.access_event (
  room text collate "C" not null,
  seq bigint not null check (seq > 0),
  header text not null,
  hash text collate "C" not null,
  type text collate "C" not null,
  actor text collate "C" not null,
  scope text collate "C" not null,
  incident text collate "C",
  is_break_glass boolean not null,
  recorded_at bigint not null,
  primary key (room, seq)
);
create index access_of_actor on heed.access_event (room, actor, seq);
create index access_of_scope on heed.access_event (room, scope, seq);
create index access_of_incident on heed.access_event (room, incident, seq) where incident is not null;

-- What was asked, why and from where; gone once it has been lawfully erased.
create table heed.access_body (
  room text collate "C" not null,
  seq bigint not null,
  salt text not null,
  body text not null,
  primary key (room, seq)
);
create table heed.access_erasure (
  room text collate "C" not null,
  seq bigint not null,
  at bigint not null,
  decision bigint not null,
  primary key (room, seq)
);

create function heed.refuse_unrecorded_access_erasure() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
begin
  if exists (select from heed.access_erasure e where e.room = old.room and e.seq = old.seq) then return old; end if;
  raise exception 'delete of heed.access_body is refused: no erasure of it is on record' using errcode = 'HD002';
end $$;

create trigger unchanged before update or delete on heed.access_event
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.access_event
  for each statement execute function heed.refuse_change();
create trigger unchanged before update or delete on heed.access_erasure
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.access_erasure
  for each statement execute function heed.refuse_change();
create trigger unchanged before update on heed.access_body
  for each statement execute function heed.refuse_change();
create trigger untruncated before truncate on heed.access_body
  for each statement execute function heed.refuse_change();
create trigger recorded before delete on heed.access_body
  for each row execute function heed.refuse_unrecorded_access_erasure();
alter table heed.access_event enable always trigger unchanged, enable always trigger untruncated;
alter table heed.access_erasure enable always trigger unchanged, enable always trigger untruncated;
alter table heed.access_body
  enable always trigger unchanged, enable always trigger untruncated, enable always trigger recorded;

-- The one way for a body of the access log to go: a decision by two people in the room's log that names it.
create function heed.erase_access_bodies(of_room text, by_decision bigint, seqs bigint[]) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  header json;
  decided json;
  erased bigint;
begin
  select v.header::json, b.body::json into header, decided
    from heed.event v join heed.body b on b.room = v.room and b.seq = v.seq
    where v.room = of_room and v.seq = by_decision and v.type = 'ErasureDecided';
  if not found then
    raise exception 'event % of room % decides no erasure', by_decision, of_room using errcode = 'HD003';
  end if;
  if header ->> 'second' is null or header ->> 'second' = header -> 'actor' ->> 'id' then
    raise exception 'event % of room % was not decided by two people', by_decision, of_room using errcode = 'HD003';
  end if;
  if exists (
    select from unnest(seqs) as wanted (seq)
    where not exists (
      select from json_array_elements_text(coalesce(decided -> 'accesses', '[]'::json)) as named (seq)
      where named.seq::bigint = wanted.seq)
  ) then
    raise exception 'event % of room % does not name all of these', by_decision, of_room using errcode = 'HD003';
  end if;
  insert into heed.access_erasure (room, seq, at, decision)
    select of_room, a.seq, heed.now_ms(), by_decision
    from heed.access_event a where a.room = of_room and a.seq = any (seqs)
    on conflict do nothing;
  get diagnostics erased = row_count;
  delete from heed.access_body b where b.room = of_room and b.seq = any (seqs);
  return erased;
end $$;

revoke all on function heed.refuse_unrecorded_access_erasure(), heed.erase_access_bodies(text, bigint, bigint[])
  from public;
grant execute on function heed.erase_access_bodies(text, bigint, bigint[]) to heed_eraser;
grant select, insert on heed.access_event, heed.access_body to heed_service;
grant select on heed.access_erasure to heed_service;
