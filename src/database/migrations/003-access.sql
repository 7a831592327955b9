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

-- The one way for bodies of the access log to go: all that a decision by two people in the room's log names, on a room
-- judged up to an event after which no legal hold was placed. The writer's row is held: none is placed meanwhile.
create function heed.erase_access_bodies(of_room text, by_decision bigint, judged bigint) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  header json;
  seqs bigint[];
  erased bigint;
begin
  perform from heed.writer w where w.room = of_room and w.seq >= judged for update;
  if not found then
    raise exception 'room % has no event %', of_room, judged using errcode = 'HD003';
  end if;
  select v.header::json, array(select json_array_elements_text(b.body::json -> 'accesses')::bigint) into header, seqs
    from heed.event v join heed.body b on b.room = v.room and b.seq = v.seq
    where v.room = of_room and v.seq = by_decision and v.type = 'ErasureDecided';
  if not found then
    raise exception 'event % of room % decides no erasure', by_decision, of_room using errcode = 'HD003';
  end if;
  if header ->> 'second' is null or header ->> 'second' = header -> 'actor' ->> 'id' then
    raise exception 'event % of room % was not decided by two people', by_decision, of_room using errcode = 'HD003';
  end if;
  if exists (select from heed.event v where v.room = of_room and v.seq > judged and v.type = 'LegalHoldPlaced') then
    raise exception 'a legal hold was placed after event % of room %', judged, of_room using errcode = 'HD004';
  end if;
  insert into heed.access_erasure (room, seq, at, decision)
    select of_room, a.seq, heed.now_ms(), by_decision
    from heed.access_event a where a.room = of_room and a.seq = any (seqs)
    on conflict do nothing;
  get diagnostics erased = row_count;
  delete from heed.access_body b where b.room = of_room and b.seq = any (seqs);
  return erased;
end $$;

revoke all on function heed.refuse_unrecorded_access_erasure(), heed.erase_access_bodies(text, bigint, bigint)
  from public;
grant execute on function heed.erase_access_bodies(text, bigint, bigint) to heed_eraser;
grant select, insert on heed.access_event, heed.access_body to heed_service;
grant select on heed.access_erasure to heed_service;

-- The second fence. What belongs to a restricted incident, by its id or its place in the log (#41), and whom the room
-- lets in; `until` where a glass was broken. Both follow from the log, and are no evidence.
create table heed.restriction (
  room text collate "C" not null,
  thing text collate "C" not null,
  incident text collate "C" not null,
  primary key (room, thing)
);
create index restriction_of_incident on heed.restriction (room, incident);
create table heed.restriction_reader (
  room text collate "C" not null,
  incident text collate "C" not null,
  staff text collate "C" not null,
  until bigint,
  primary key (room, incident, staff)
);
grant select, insert, update, delete on heed.restriction, heed.restriction_reader to heed_service;

-- Restricted incidents that do not let in the reader of this transaction; without the settings, all of them.
create view heed.shut as
  select one.incident
  from (select distinct r.incident from heed.restriction r where r.room = current_setting('heed.room', true)) one
  where not exists (
    select from heed.restriction_reader a
    where a.room = current_setting('heed.room', true) and a.incident = one.incident
      and a.staff = current_setting('heed.staff', true)
      and (a.until is null or a.until > nullif(current_setting('heed.at', true), '')::bigint));

-- Places in the log that the reader of this transaction may not see. That they are there is no secret: the log has no
-- gaps. Asked once in a statement, whatever that reads.
create function heed.hidden_seqs() returns setof bigint
  language sql stable security definer parallel safe rows 100
  begin atomic
    with hidden as materialized (
      select r.thing from heed.shut s
        join heed.restriction r on r.room = current_setting('heed.room', true) and r.incident = s.incident
    )
    select substr(h.thing, 2)::bigint from hidden h where starts_with(h.thing, '#')
    union
    -- One look at the index for each, however many events the log is thought to have.
    select its.seq from (select h.thing from hidden h where not starts_with(h.thing, '#') offset 0) one
      cross join lateral (
        select e.seq from heed.event e
        where e.room = current_setting('heed.room', true) and e.incident = one.thing offset 0) its;
  end;

-- Whether the reader of this transaction may see a record: by yes and no, so that what is restricted is never listed.
create function heed.may_read_record(named text[]) returns boolean
  language sql stable security definer parallel safe
  begin atomic
    select not exists (
      select from heed.restriction r
      where r.room = current_setting('heed.room', true) and r.thing = any (named)
        and r.incident in (select s.incident from heed.shut s));
  end;
revoke all on function heed.hidden_seqs(), heed.may_read_record(text[]) from public;
grant execute on function heed.hidden_seqs(), heed.may_read_record(text[]) to heed_reader;

alter table heed.room enable row level security;
alter table heed.event enable row level security;
alter table heed.body enable row level security;
alter table heed.erasure enable row level security;
alter table heed.record enable row level security;
alter table heed.source_import enable row level security;

create policy service on heed.room for all to heed_service using (true) with check (true);
create policy service on heed.event for all to heed_service using (true) with check (true);
create policy service on heed.body for all to heed_service using (true) with check (true);
create policy service on heed.erasure for all to heed_service using (true) with check (true);
create policy service on heed.record for all to heed_service using (true) with check (true);
create policy service on heed.source_import for all to heed_service using (true) with check (true);

create policy reader on heed.room for select to heed_reader using (room = current_setting('heed.room', true));
create policy reader on heed.event for select to heed_reader using (
  room = current_setting('heed.room', true) and seq not in (select heed.hidden_seqs()));
create policy reader on heed.body for select to heed_reader using (
  room = current_setting('heed.room', true) and seq not in (select heed.hidden_seqs()));
create policy reader on heed.erasure for select to heed_reader using (
  room = current_setting('heed.room', true) and seq not in (select heed.hidden_seqs()));
create policy reader on heed.record for select to heed_reader using (
  room = current_setting('heed.room', true) and heed.may_read_record(subjects || record || incident));
create policy reader on heed.source_import for select to heed_reader using (room = current_setting('heed.room', true));
