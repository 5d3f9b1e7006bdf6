-- Row-level security: a transaction sees and writes the rows of the tenant in its setting waypost.tenant, rows of all tenants if it
-- is '*', and none without it (docs/adr/0160-row-level-security.md).
create schema database;

-- Protects every table with a tenant_id that is not protected yet, partitions included, and lets views read with the rights of
-- their reader. Runs after each migration. The subqueries are evaluated once per statement. Without FORCE the owner of the tables
-- would be exempt. After a transaction the setting is '', not null.
create function database.protect_tenant_tables() returns void language plpgsql set search_path = pg_catalog as $$
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
		execute format($policy$
			create policy tenant on %s using (
				tenant_id = (select nullif(current_setting('waypost.tenant', true), ''))
				or (select current_setting('waypost.tenant', true)) = '*')
			$policy$, relation);
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

-- Lets the application's role use the tables that the owner's migrations created. The engine creates its own tables in the schema
-- public, or uses those that an earlier version created with the owner's role.
create function database.grant_to_application(application text) returns void language plpgsql
	set search_path = pg_catalog as $$
declare
	schema_name text;
	engine_table regclass;
begin
	for schema_name in
		select nspname from pg_namespace where nspowner = current_user::regrole and nspname <> 'public'
	loop
		execute format('grant usage on schema %I to %I', schema_name, application);
		execute format('grant select, insert, update, delete on all tables in schema %I to %I', schema_name, application);
	end loop;
	if not has_schema_privilege(application, 'public', 'CREATE') then
		execute format('grant usage, create on schema public to %I', application);
	end if;
	for engine_table in
		select oid from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r' and relname like 'act\_%'
			and relowner = current_user::regrole
	loop
		execute format('grant select, insert, update, delete on %s to %I', engine_table, application);
	end loop;
end
$$;

revoke execute on function database.grant_to_application, database.protect_tenant_tables from public;

select database.protect_tenant_tables();
