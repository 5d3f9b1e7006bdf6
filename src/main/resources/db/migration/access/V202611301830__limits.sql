-- Limits of a tenant that differ from the settings; null: the setting applies
CREATE TABLE access.tenant_limit (
	tenant_id text PRIMARY KEY REFERENCES access.tenant ON DELETE CASCADE,
	event_requests_per_second integer CHECK (event_requests_per_second > 0),
	api_requests_per_second integer CHECK (api_requests_per_second > 0),
	events_per_day bigint CHECK (events_per_day >= 0),
	sends_per_day bigint CHECK (sends_per_day >= 0)
);

-- Events of tenants with a quota, by day in UTC
CREATE TABLE access.event_usage (
	tenant_id text NOT NULL,
	day date NOT NULL,
	events bigint NOT NULL,
	PRIMARY KEY (tenant_id, day)
);
