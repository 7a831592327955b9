-- How far each webhook has told its target of a room, and how that goes. A cursor and no evidence: it moves.

create table heed.webhook (
  room text collate "C" not null,
  target text collate "C" not null,
  seq bigint not null,
  state text not null check (state in ('going', 'trying', 'dead')),
  attempts integer not null default 0,
  fault text not null default '',
  changed_at bigint not null,
  primary key (room, target)
);

grant select, insert, update, delete on heed.webhook to heed_service;
