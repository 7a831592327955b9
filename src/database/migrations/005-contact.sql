-- The events of a contact from before it came to an incident, or of one that never did: by them it is recalled.
create index event_of_contact on heed.event (room, (header::json #>> '{ids,contact}'), seq)
  where incident is null and header::json #>> '{ids,contact}' is not null;
