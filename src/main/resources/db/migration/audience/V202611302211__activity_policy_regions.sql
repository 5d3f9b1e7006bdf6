-- An activity belongs to the tenant of its type, whose policy leaves out other regions.
alter policy tenant on audience.activity using (
	(select current_setting('waypost.tenant', true)) = '*' and (select coalesce(current_setting('waypost.excluded', true), '')) = ''
	or activity_type_id in (select id from audience.activity_type));
