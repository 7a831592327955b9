-- How what a record tells of reached the force: 999, a web form, the front desk. Unknown of records that stand already.
alter table heed.record add column channels text[] not null default '{}';
