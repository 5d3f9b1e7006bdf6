-- Messages that were queued for a day in UTC, for tenants with a quota
create table delivery.send_quota (
	tenant_id text   not null,
	day       date   not null,
	sends     bigint not null,
	primary key (tenant_id, day)
);
