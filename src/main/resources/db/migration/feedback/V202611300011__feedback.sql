create schema feedback;

-- Every event that a provider reported, stored once by the provider's event id, without addresses. The table has no tenant, as the
-- account at the provider belongs to the installation. Events of unknown sends are stored and counted too.
create table feedback.webhook_event (
	esp         text        not null,
	event_id    text        not null check (length(event_id) <= 200),
	send_id     uuid,
	type        text        not null,
	matched     boolean     not null,
	occurred_at timestamptz not null,
	received_at timestamptz not null,
	primary key (esp, event_id)
);

create index webhook_event_unmatched on feedback.webhook_event (received_at) where not matched;
