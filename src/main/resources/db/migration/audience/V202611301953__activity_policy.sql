-- An activity belongs to the tenant of its type.
alter table audience.activity enable row level security;
alter table audience.activity force row level security;
create policy tenant on audience.activity using (
	(select current_setting('waypost.tenant', true)) = '*' or activity_type_id in (select id from audience.activity_type));
