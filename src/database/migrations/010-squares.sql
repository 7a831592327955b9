-- The square of the ground in which a place stands whose position was told: what is near another place is found by it.
-- No record that stands already has a position, so none is keyed anew. Of these the newest are read, however many.
alter table heed.record_keys add column square int;
create index record_keys_square on heed.record_keys (square, happened_at) where square is not null;
