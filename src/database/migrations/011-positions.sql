-- The newest position of each unit. Telemetry and no evidence: it has no place in the log and no chain, it is written
-- over, and what is lost of it between two writes was out of date in any case.
create table heed.unit_position (
  room text collate "C" not null,
  unit text collate "C" not null,
  latitude double precision not null,
  longitude double precision not null,
  error_m integer,
  taken_at bigint not null,
  primary key (room, unit)
) with (fillfactor = 70);

grant select, insert, update on heed.unit_position to heed_service;
