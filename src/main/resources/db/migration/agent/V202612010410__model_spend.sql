-- Amounts in US dollars that calls of language models may cost (reserved) and have cost (spent), by budget. Both together never exceed
-- the limit of the budget, except when a provider counts more tokens than were reserved.
create table agent.model_spend (
	tenant_id    text           not null,
	-- day:2026-12-01 (UTC) or campaign: and its id
	budget       text           not null,
	reserved     numeric(16, 9) not null,
	spent        numeric(16, 9) not null,
	-- UTC day of the last reservation
	last_day     date           not null,
	-- When the alert of the day was given, and when the first call of the day was refused
	alerted_at   timestamptz,
	exhausted_at timestamptz,
	primary key (tenant_id, budget),
	check (reserved >= 0 and spent >= 0)
);

create index model_spend_last_day on agent.model_spend (last_day);

-- The same sums over all tenants.
create table agent.installation_spend (
	day      date           primary key,
	reserved numeric(16, 9) not null,
	spent    numeric(16, 9) not null,
	check (reserved >= 0 and spent >= 0)
);

-- Calls of language models. Prompt and answer are redacted before they are stored, so there is no personal data.
create table agent.model_call (
	tenant_id          text           not null,
	id                 uuid           not null,
	at                 timestamptz    not null,
	-- UTC day whose budget pays
	day                date           not null,
	purpose            text           not null,
	-- Null for a journey
	campaign_id        uuid,
	recipients         integer        not null,
	provider           text           not null,
	model              text           not null,
	-- As the provider reports it
	reported_model     text,
	key                text           not null,
	prompt_version     text           not null,
	prompt             text           not null,
	answer             text,
	-- Null until the provider has counted
	input_tokens       bigint,
	cache_read_tokens  bigint,
	cache_write_tokens bigint,
	output_tokens      bigint,
	reserved           numeric(16, 9) not null,
	-- Null while reserved
	cost               numeric(16, 9),
	state              text           not null check (state in ('reserved', 'settled', 'kept', 'released')),
	outcome            text,
	latency_ms         bigint,
	primary key (tenant_id, id),
	check ((state = 'reserved') = (cost is null))
);

create index model_call_day on agent.model_call (tenant_id, day);
create index model_call_campaign on agent.model_call (tenant_id, campaign_id, id) where campaign_id is not null;
create index model_call_purpose on agent.model_call (tenant_id, purpose, id);
create index model_call_reserved on agent.model_call (at) where state = 'reserved';
create index model_call_age on agent.model_call (day);
