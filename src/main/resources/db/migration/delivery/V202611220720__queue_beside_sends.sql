-- What waits stands beside the sends: then no index of delivery.send holds anything that changes on the way out, and the two
-- writes from queued to accepted touch the row's own page only. docs/adr/0121.
drop index delivery.send_ready, delivery.send_campaign_ready, delivery.send_leased, delivery.send_unresolved;

-- Room for the next version of every row of a page
alter table delivery.send set (fillfactor = 50);

-- A hint that a send waits; the send is the truth. A hint that is no longer true is thrown away by whoever takes it.
create table delivery.queue (
	tenant_id   text        not null,
	send_id     uuid        not null,
	campaign_id uuid,
	ready_at    timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.05);

create index queue_ready on delivery.queue (ready_at) where campaign_id is null;
create index queue_campaign_ready on delivery.queue (tenant_id, campaign_id, ready_at) where campaign_id is not null;

-- Which sends were claimed together and until when: one row for each claim.
create table delivery.lease (
	until timestamptz not null,
	sends uuid[]      not null
);

create index lease_until on delivery.lease (until);

-- A hint that nobody knows what became of a send.
create table delivery.unresolved (
	tenant_id text        not null,
	send_id   uuid        not null,
	since     timestamptz not null
);

create index unresolved_since on delivery.unresolved (since);

-- Triggers, so that no way into these states can forget the hint.
create function delivery.hint_added() returns trigger language plpgsql as $$
begin
	insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
	select tenant_id, id, case when journey = 'campaign' then run_id end, ready_at from added where status = 'queued';
	return null;
end
$$;

create trigger hint_added after insert on delivery.send referencing new table as added
	for each statement execute function delivery.hint_added();

create function delivery.hint_moved() returns trigger language plpgsql as $$
begin
	if new.status = 'queued' then
		insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
		values (new.tenant_id, new.id, case when new.journey = 'campaign' then new.run_id end, new.ready_at);
	else
		insert into delivery.unresolved (tenant_id, send_id, since) values (new.tenant_id, new.id, new.unknown_since);
	end if;
	return null;
end
$$;

create trigger hint_moved after update of status, ready_at on delivery.send for each row
	when (new.status in ('queued', 'unknown') and (old.status, old.ready_at) is distinct from (new.status, new.ready_at))
	execute function delivery.hint_moved();

insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
select tenant_id, id, case when journey = 'campaign' then run_id end, ready_at from delivery.send where status = 'queued';

insert into delivery.unresolved (tenant_id, send_id, since)
select tenant_id, id, unknown_since from delivery.send where status = 'unknown';

insert into delivery.lease (until, sends)
select max(lease_until), array_agg(id) from delivery.send where status = 'submitting' having count(*) > 0;

-- An attempt that is under way stands in its send; here it is written once, when it has ended.
delete from delivery.attempt where finished_at is null;

alter table delivery.attempt reset (fillfactor);
alter table delivery.attempt alter column finished_at set not null, alter column outcome set not null;
