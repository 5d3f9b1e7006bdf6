-- Words that many sends share: written once for each archetype and variant, never changed. A send points here by
-- content_id, so that a hundred thousand messages hold a hundred thousand ids and not as many copies of forty-eight texts.
create table delivery.content (
	tenant_id   text        not null,
	id          uuid        not null,
	draft       jsonb       not null,
	links       text[]      not null,
	explanation jsonb       not null default '{}',
	created_at  timestamptz not null,
	primary key (tenant_id, id)
);

create function delivery.keep_content() returns trigger language plpgsql as $$
begin
	raise exception 'delivery.content is immutable: sends point at it; share other words under a new id';
end
$$;

create trigger keep_content before update on delivery.content
	for each statement execute function delivery.keep_content();

-- records: ledger entries that speak of many sends at once, this one among them
alter table delivery.send
	add column content_id uuid,
	add column records uuid[] not null default '{}',
	drop constraint send_queued_ready,
	add constraint send_queued_ready check (status <> 'queued'
		or (ready_at is not null and (draft is not null or content_id is not null)));

-- Campaigns wait in queues of their own: a hundred thousand of their messages never stand before a reminder of a
-- journey, and a held campaign is passed over as a whole, however long its queue.
drop index delivery.send_ready;
create index send_ready on delivery.send (ready_at) where status = 'queued' and journey <> 'campaign';
create index send_campaign_ready on delivery.send (tenant_id, run_id, ready_at)
	where status = 'queued' and journey = 'campaign';

-- Campaigns that send nothing at the moment. With a reason they never will again.
create table delivery.campaign_hold (
	tenant_id   text        not null,
	campaign_id uuid        not null,
	reason      text,
	held_at     timestamptz not null,
	primary key (tenant_id, campaign_id)
);

-- The accept log of a sandbox that keeps no messages: that it took them, and which words.
create table delivery.sandbox_acceptance (
	tenant_id    text        not null,
	send_id      uuid        not null,
	provider_id  text        not null,
	content_hash bytea       not null,
	accepted_at  timestamptz not null,
	primary key (tenant_id, send_id, provider_id)
);
