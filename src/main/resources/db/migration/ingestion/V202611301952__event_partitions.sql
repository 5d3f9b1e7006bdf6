-- Creates the partition of one month of the event log. The application does not own the table, so the function runs with the
-- rights of its owner.
create function ingestion.create_event_partition(month date) returns void language plpgsql security definer
	set search_path = pg_catalog set timezone = 'UTC' as $$
begin
	execute format('create table if not exists ingestion.%I partition of ingestion.event for values from (%L) to (%L)',
		'event_' || to_char(month, 'YYYY_MM'), date_trunc('month', month::timestamptz),
		date_trunc('month', month::timestamptz) + interval '1 month');
	perform database.protect_tenant_tables();
end
$$;
