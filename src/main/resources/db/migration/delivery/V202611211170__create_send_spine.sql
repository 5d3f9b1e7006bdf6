create schema if not exists delivery;

-- One row for each intended message. Why it is not partitioned yet: docs/adr, "One table for sends".
create table delivery.send (
	tenant_id       text        not null,
	id              uuid        not null,
	profile_id      uuid        not null,
	run_id          uuid        not null,
	journey         text        not null,
	step            text        not null,
	template        text        not null,
	topic           text        not null,
	message_class   text        not null check (message_class in ('marketing', 'transactional')),
	status          text        not null default 'planned' check (status in ('planned', 'withheld', 'deferred', 'cleared',
		'flagged', 'queued', 'submitting', 'accepted', 'delivered', 'bounced', 'complained', 'dropped', 'unknown',
		'resolved_by_policy', 'dead')),
	reason          text,
	variant         text,
	deferred_until  timestamptz,
	draft           jsonb,
	links           text[]      not null default '{}',
	trigger         jsonb       not null default '{}',
	properties      jsonb       not null default '{}',
	explanation     jsonb       not null default '{}',
	-- the permission decided in the claim's transaction, and the consent version it was read from
	gate            jsonb,
	consent_version bigint,
	-- queue: when it may be claimed, who holds it, who said no in this round
	ready_at        timestamptz,
	queued_at       timestamptz,
	fence           integer     not null default 0,
	lease_until     timestamptz,
	attempts        integer     not null default 0,
	esp             text,
	refused_by      text[]      not null default '{}',
	unknown_since   timestamptz,
	-- what came of it
	provider_id     text,
	address_hash    text,
	content_hash    text,
	created_at      timestamptz not null,
	updated_at      timestamptz not null,
	accepted_at     timestamptz,
	delivered_at    timestamptz,
	primary key (tenant_id, id),
	constraint send_once unique (tenant_id, profile_id, run_id, step),
	constraint send_deferred_until check (status <> 'deferred' or deferred_until is not null),
	constraint send_queued_ready check (status <> 'queued' or (ready_at is not null and draft is not null)),
	constraint send_submitting_permitted check (status <> 'submitting'
		or (gate is not null and lease_until is not null and esp is not null)),
	constraint send_unknown_pinned check (status <> 'unknown' or (unknown_since is not null and esp is not null)),
	constraint send_withheld_reason check (status not in ('withheld', 'dead', 'resolved_by_policy') or reason is not null)
) with (fillfactor = 80);

-- The three work lists are small whatever the table's size: rows leave them as soon as they move on.
create index send_ready on delivery.send (ready_at) where status = 'queued';
create index send_leased on delivery.send (lease_until) where status = 'submitting';
create index send_unresolved on delivery.send (unknown_since) where status = 'unknown';
-- Providers know a message by its id alone. Not unique: that would tell one tenant about another's ids.
create index send_by_id on delivery.send (id);
create index send_by_run on delivery.send (tenant_id, run_id);

create table delivery.attempt (
	tenant_id   text        not null,
	send_id     uuid        not null,
	number      integer     not null,
	esp         text        not null,
	fence       integer     not null,
	started_at  timestamptz not null,
	finished_at timestamptz,
	outcome     text        check (outcome in ('accepted', 'refused', 'rejected', 'unknown')),
	reason      text,
	provider_id text,
	primary key (tenant_id, send_id, number)
);

-- What providers and recipients reported. The key makes a repeated report a no-op even when the provider gives it a new id.
create table delivery.send_event (
	tenant_id   text        not null,
	send_id     uuid        not null,
	type        text        not null check (type in ('processed', 'deferred', 'delivered', 'bounced', 'blocked', 'dropped',
		'complained', 'unsubscribed', 'opened', 'clicked')),
	occurred_at timestamptz not null,
	link        integer     not null default -1,
	machine     boolean     not null default false,
	reason      text,
	received_at timestamptz not null,
	primary key (tenant_id, send_id, type, occurred_at, link)
);

-- Message events on their way to Kafka, in order; empty unless Kafka is configured.
create table delivery.outbox (
	sequence   bigint generated always as identity primary key,
	written_by xid8  not null default pg_current_xact_id(),
	tenant_id  text  not null,
	send_id    uuid  not null,
	payload    jsonb not null
);
