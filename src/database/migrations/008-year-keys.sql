-- One name as it sounds, the opening of the other and the year of birth, in the place of both names as they sound with
-- the year: it also finds whoever has one name mistyped and the day or month wrong.

alter table heed.record_keys
  drop column dated,
  add column year_a int,
  add column year_b int;
create index record_keys_year_a on heed.record_keys (year_a) where year_a is not null;
create index record_keys_year_b on heed.record_keys (year_b) where year_b is not null;

-- Made anew from the names as Heed starts.
update heed.record set is_keyed = false;
