-- Tenants that belong to a region (docs/adr/0190-regions-in-row-level-security.md). The column is not named tenant_id, because every
-- transaction reads this table before it has a tenant.
create table database.pinned_tenant (
	tenant text primary key,
	region text not null check (region ~ '^[a-z][a-z0-9-]{0,31}$')
);

-- As before, and '*' leaves out the tenants in the setting waypost.excluded: those of other regions.
-- The second condition is the usual case without such tenants. It is evaluated once per statement, not per row.
create function database.set_tenant_policy(relation regclass, command text) returns void language plpgsql
	set search_path = pg_catalog as $$
begin
	execute format(case command when 'create' then 'create policy tenant on %s ' else 'alter policy tenant on %s ' end || $policy$
		using (
			tenant_id = (select nullif(current_setting('waypost.tenant', true), ''))
			or (select current_setting('waypost.tenant', true) = '*' and coalesce(current_setting('waypost.excluded', true), '') = '')
			or (select current_setting('waypost.tenant', true)) = '*' and tenant_id <> all ((
				select coalesce(string_to_array(nullif(current_setting('waypost.excluded', true), ''), ','), '{}'))::text[]))
		$policy$, relation);
end
$$;

create or replace function database.protect_tenant_tables() returns void language plpgsql set search_path = pg_catalog as $$
declare
	relation regclass;
begin
	for relation in
		select c.oid from pg_class c, pg_namespace n
		where n.oid = c.relnamespace and n.nspowner = current_user::regrole and n.nspname <> 'public' and c.relkind in ('r', 'p')
			and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
			and not (c.relrowsecurity and c.relforcerowsecurity
				and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'))
	loop
		execute format('alter table %s enable row level security', relation);
		execute format('alter table %s force row level security', relation);
		perform database.set_tenant_policy(relation, 'create');
	end loop;
	for relation in
		select c.oid from pg_class c, pg_namespace n
		where n.oid = c.relnamespace and n.nspowner = current_user::regrole and n.nspname <> 'public' and c.relkind = 'v'
			and not coalesce(c.reloptions @> '{security_invoker=true}', false)
	loop
		execute format('alter view %s set (security_invoker = true)', relation);
	end loop;
end
$$;

select database.set_tenant_policy(c.oid, 'alter')
from pg_class c, pg_namespace n, pg_policy p
where n.oid = c.relnamespace and p.polrelid = c.oid and p.polname = 'tenant' and n.nspowner = current_user::regrole
	and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped);

revoke execute on function database.set_tenant_policy from public;
