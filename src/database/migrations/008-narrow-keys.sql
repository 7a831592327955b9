-- Narrower keys: one name as it sounds with the opening of the other and the year of birth, which finds whoever has one
-- name mistyped and day or month wrong; and a postcode with the opening of a name, since a question about one person
-- compared everybody around. They take the place of two names with the year, one name with the month, and the postcode.

alter table heed.record_keys
  drop column dated,
  drop column month_a,
  drop column month_b,
  drop column post,
  add column year_a int,
  add column year_b int,
  add column post_a int,
  add column post_b int,
  add column home int;
create index record_keys_year_a on heed.record_keys (year_a) where year_a is not null;
create index record_keys_year_b on heed.record_keys (year_b) where year_b is not null;
create index record_keys_post_a on heed.record_keys (post_a) where post_a is not null;
create index record_keys_post_b on heed.record_keys (post_b) where post_b is not null;
create index record_keys_home on heed.record_keys (home) where home is not null;

-- Made anew from the names as Heed starts.
update heed.record set is_keyed = false;
