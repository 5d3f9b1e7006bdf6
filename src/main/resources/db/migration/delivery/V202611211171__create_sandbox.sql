-- What the sandbox provider was given, sealed with the recipient's key: unreadable once the profile is erased.
create table delivery.sandbox_message (
	tenant_id   text        not null,
	send_id     uuid        not null,
	provider_id text        not null,
	profile_id  uuid        not null,
	sealed      bytea       not null,
	received_at timestamptz not null,
	primary key (tenant_id, send_id, provider_id)
);

-- Delivery events the sandbox still has to post back.
create table delivery.sandbox_report (
	tenant_id text        not null,
	id        uuid        not null,
	esp       text        not null,
	send_id   uuid        not null,
	event     text        not null,
	due_at    timestamptz not null,
	primary key (tenant_id, id)
);

create index sandbox_report_due on delivery.sandbox_report (esp, due_at);
