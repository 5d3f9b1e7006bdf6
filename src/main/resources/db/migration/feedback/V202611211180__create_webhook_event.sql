create schema if not exists feedback;

-- Every event a provider reported, once by the provider's own id, without addresses. It belongs to the installation, as
-- the provider's account does: an event for a send we do not know has no tenant, and is kept and counted all the same.
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
