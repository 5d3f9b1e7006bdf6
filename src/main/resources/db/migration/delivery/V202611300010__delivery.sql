create schema delivery;

-- One row per intended message. Why it is not partitioned: docs/adr, "One table for sends".
create table delivery.send (
	tenant_id           text        not null,
	id                  uuid        not null,
	profile_id          uuid        not null,
	-- journey run or campaign
	run_id              uuid        not null,
	journey             text        not null,
	step                text        not null,
	template            text        not null,
	topic               text        not null,
	message_class       text        not null check (message_class in ('marketing', 'transactional')),
	status              text        not null default 'planned' check (status in ('planned', 'withheld', 'deferred', 'cleared',
		'flagged', 'queued', 'submitting', 'accepted', 'delivered', 'bounced', 'complained', 'dropped', 'unknown',
		'resolved_by_policy', 'dead')),
	reason              text,
	variant             text,
	deferred_until      timestamptz,
	-- the send's own content, or the id of content that it shares with other sends
	draft               jsonb,
	content_id          uuid,
	links               text[]      not null default '{}',
	trigger             jsonb       not null default '{}',
	properties          jsonb       not null default '{}',
	explanation         jsonb       not null default '{}',
	-- position of a campaign send's explanation in delivery.explanation_page
	explanation_page_id uuid,
	explanation_index   integer,
	-- ledger entries about many sends, including this one
	ledger_entries      uuid[]      not null default '{}',
	-- permission decided in the transaction of the claim, and the consent version that was read
	permission          jsonb,
	consent_version     bigint,
	-- queue: earliest claim, claim, providers that refused in this round
	ready_at            timestamptz,
	queued_at           timestamptz,
	fence               integer     not null default 0,
	lease_until         timestamptz,
	attempts            integer     not null default 0,
	esp                 text,
	refused_by          text[]      not null default '{}',
	unknown_since       timestamptz,
	-- start of the accepted attempt; delivery.attempt contains the others
	started_at          timestamptz,
	provider_id         text,
	address_hash        text,
	content_hash        text,
	created_at          timestamptz not null,
	updated_at          timestamptz not null,
	accepted_at         timestamptz,
	delivered_at        timestamptz,
	primary key (tenant_id, id),
	-- Asked for each recipient: recent sends, and whether this one exists. Ids first: docs/adr/0033.
	constraint send_once unique (profile_id, run_id, step, tenant_id),
	constraint send_deferred_until check (status <> 'deferred' or deferred_until is not null),
	constraint send_queued_ready check (status <> 'queued'
		or (ready_at is not null and (draft is not null or content_id is not null))),
	constraint send_submitting_permitted check (status <> 'submitting'
		or (permission is not null and lease_until is not null and esp is not null)),
	constraint send_unknown_pinned check (status <> 'unknown' or (unknown_since is not null and esp is not null)),
	constraint send_withheld_reason check (status not in ('withheld', 'dead', 'resolved_by_policy') or reason is not null)
-- Free space for both later versions of each row on its page, so that the updates from queued to accepted touch no index
) with (fillfactor = 30);

-- Providers report a message by its id alone. Not unique, because that would reveal ids of other tenants.
create index send_by_id on delivery.send (id);
create index send_by_run on delivery.send (tenant_id, run_id);

-- Content that many sends share, written once for each archetype and variant and never changed
create table delivery.shared_content (
	tenant_id   text        not null,
	id          uuid        not null,
	draft       jsonb       not null,
	links       text[]      not null,
	explanation jsonb       not null default '{}',
	created_at  timestamptz not null,
	primary key (tenant_id, id)
);

create function delivery.refuse_content_update() returns trigger language plpgsql as $$
begin
	raise exception 'delivery.shared_content is immutable, because sends refer to it; store other content under a new id';
end
$$;

create trigger refuse_content_update before update on delivery.shared_content
	for each statement execute function delivery.refuse_content_update();

-- Explanations of the sends of one campaign chunk, compressed together: docs/adr/0122
create table delivery.explanation_page (
	tenant_id    text  not null,
	id           uuid  not null,
	trigger      jsonb not null,
	-- a JSON array, deflated; a send's element is at its explanation_index
	explanations bytea not null,
	primary key (tenant_id, id)
);

-- The values are compressed already
alter table delivery.explanation_page alter column explanations set storage external;

-- Finished attempts, except the accepted one, which is stored in the send
create table delivery.attempt (
	tenant_id   text        not null,
	send_id     uuid        not null,
	number      integer     not null,
	esp         text        not null,
	fence       integer     not null,
	started_at  timestamptz not null,
	finished_at timestamptz not null,
	outcome     text        not null check (outcome in ('accepted', 'refused', 'rejected', 'unknown')),
	reason      text,
	provider_id text,
	primary key (tenant_id, send_id, number)
);

-- Events that providers and e-mail clients reported. A repeated event has the same key, even if the provider gives it a new id.
create table delivery.send_event (
	tenant_id   text        not null,
	send_id     uuid        not null,
	type        text        not null check (type in ('processed', 'deferred', 'delivered', 'bounced', 'blocked', 'dropped',
		'complained', 'unsubscribed', 'opened', 'clicked')),
	occurred_at timestamptz not null,
	-- index of the clicked link, -1 for none
	link        integer     not null default -1,
	machine     boolean     not null default false,
	reason      text,
	received_at timestamptz not null,
	primary key (tenant_id, send_id, type, occurred_at, link)
);

-- Hints of queued sends; the send itself is authoritative. A hint that is no longer true is deleted when it is read. The queue is
-- a table of its own, so that no index of delivery.send changes while a message is sent: docs/adr/0121.
create table delivery.queue (
	tenant_id   text        not null,
	send_id     uuid        not null,
	campaign_id uuid,
	ready_at    timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.05);

-- Campaigns have queues of their own: their messages do not delay those of journeys, and a paused campaign is skipped as a whole.
create index queue_ready on delivery.queue (ready_at) where campaign_id is null;
create index queue_campaign_ready on delivery.queue (tenant_id, campaign_id, ready_at) where campaign_id is not null;

-- Sends that were claimed together, one row per claim
create table delivery.claim_lease (
	until timestamptz not null,
	sends uuid[]      not null
);

create index claim_lease_until on delivery.claim_lease (until);

-- Hints of sends with an unknown outcome
create table delivery.unknown_outcome (
	tenant_id text        not null,
	send_id   uuid        not null,
	since     timestamptz not null
);

create index unknown_outcome_since on delivery.unknown_outcome (since);

-- A trigger, so that every change to these statuses adds its hint. Campaigns insert queued sends and add their hints themselves.
create function delivery.add_hint() returns trigger language plpgsql as $$
begin
	if new.status = 'queued' then
		insert into delivery.queue (tenant_id, send_id, campaign_id, ready_at)
		values (new.tenant_id, new.id, case when new.journey = 'campaign' then new.run_id end, new.ready_at);
	else
		insert into delivery.unknown_outcome (tenant_id, send_id, since) values (new.tenant_id, new.id, new.unknown_since);
	end if;
	return null;
end
$$;

create trigger add_hint after update of status, ready_at on delivery.send for each row
	when (new.status in ('queued', 'unknown') and (old.status, old.ready_at) is distinct from (new.status, new.ready_at))
	execute function delivery.add_hint();

-- Campaigns that are paused or, with a reason, cancelled
create table delivery.campaign_pause (
	tenant_id   text        not null,
	campaign_id uuid        not null,
	reason      text,
	paused_at   timestamptz not null,
	primary key (tenant_id, campaign_id)
);

-- Transactional outbox of message events for Kafka, in order; empty unless Kafka is configured
create table delivery.outbox (
	sequence   bigint generated always as identity primary key,
	written_by xid8  not null default pg_current_xact_id(),
	tenant_id  text  not null,
	send_id    uuid  not null,
	payload    jsonb not null
);

-- Messages of the sandbox provider, encrypted with the recipient's key: unreadable after the profile is erased
create table delivery.sandbox_message (
	tenant_id   text        not null,
	send_id     uuid        not null,
	provider_id text        not null,
	profile_id  uuid        not null,
	sealed      bytea       not null,
	received_at timestamptz not null,
	primary key (tenant_id, send_id, provider_id)
);

-- Delivery events that the sandbox has scheduled
create table delivery.sandbox_event (
	tenant_id text        not null,
	id        uuid        not null,
	esp       text        not null,
	send_id   uuid        not null,
	event     text        not null,
	due_at    timestamptz not null,
	primary key (tenant_id, id)
);

create index sandbox_event_due on delivery.sandbox_event (esp, due_at);

-- Accept log of a sandbox that stores no messages, one row per request: one row per message would cost more than anything else in
-- the answer of a provider
create table delivery.sandbox_request (
	tenant_id   text        not null,
	id          uuid        not null,
	sends       uuid[]      not null,
	-- SHA-256 of each message as sent, concatenated
	hashes      bytea       not null check (length(hashes) = 32 * cardinality(sends)),
	accepted_at timestamptz not null,
	primary key (tenant_id, id)
);

-- Ids and hashes cannot be compressed
alter table delivery.sandbox_request alter column sends set storage external, alter column hashes set storage external;

-- One row per accepted message
create view delivery.sandbox_acceptance as
	select r.tenant_id, m.send_id, 'sandbox-' || r.id || '-' || m.position as provider_id,
		substring(r.hashes from (32 * m.position - 31)::int for 32) as content_hash, r.accepted_at
	from delivery.sandbox_request r cross join lateral unnest(r.sends) with ordinality as m(send_id, position);
