create schema if not exists experiment;

-- A row is one version of an experiment and never changes but for its approval. Versions that only change owner, traffic
-- or holdout go on with the phase before them. The definition is read and written whole.
create table experiment.experiment (
	tenant_id   text        not null,
	key         text        not null,
	version     integer     not null,
	definition  jsonb       not null,
	live        boolean     not null default false,
	phase       integer,
	created_by  text        not null,
	created_at  timestamptz not null,
	approved_by text,
	approved_at timestamptz,
	primary key (tenant_id, key, version),
	check (not live or (approved_at is not null and phase is not null))
);

create unique index experiment_live on experiment.experiment (tenant_id, key) where live;

-- One phase: what people are assigned by and counted under.
create table experiment.trial (
	tenant_id    text        not null,
	key          text        not null,
	phase        integer     not null,
	id           uuid        not null,
	started_at   timestamptz not null,
	deadline_at  timestamptz not null,
	extended     integer     not null default 0,
	-- Thompson mode: what the last look drew, in the order of the arms
	shares       double precision[] not null default '{}',
	looked_at    timestamptz not null,
	looks        integer     not null default 0,
	-- the last verdict; with concluded_at it is the one that ended the phase
	decision     text        check (decision in ('KEEP_RUNNING', 'SHIP', 'ROLLBACK', 'REVIEW', 'INCONCLUSIVE')),
	arm          text,
	sentence     text,
	-- the last decision that went into the ledger: one that only repeats itself does not
	told         text,
	concluded_at timestamptz,
	-- from here on no outcome can count any more
	closed_at    timestamptz,
	primary key (tenant_id, key, phase),
	check (concluded_at is null or (decision is not null and arm is not null and sentence is not null))
);

-- Small whatever the number of experiments there ever were: those that still measure something.
create index trial_measuring on experiment.trial (tenant_id) where closed_at is null;

-- Which slots of a layer belong to whom; ranges of a layer do not overlap (kept so by a lock on the layer).
create table experiment.allotment (
	tenant_id text    not null,
	layer     text    not null,
	from_slot integer not null check (from_slot >= 0),
	to_slot   integer not null check (to_slot <= 10000 and to_slot > from_slot),
	key       text    not null,
	place     integer not null,
	primary key (tenant_id, layer, from_slot)
);

-- Who was sent what, or held out while others were sent theirs, and what came of it. Ids first in the key, the tenant
-- behind: docs/adr/0033.
create table experiment.exposure (
	tenant_id       text        not null,
	trial_id        uuid        not null,
	profile_id      uuid        not null,
	role            text        not null check (role in ('TEST', 'ADAPTIVE', 'OUTSIDE', 'ROLLOUT', 'HOLDOUT', 'GLOBAL_HOLDOUT')),
	arm             text        not null,
	send_id         uuid,
	exposed_at      timestamptz not null,
	-- outcomes before it count; nobody is counted before it
	matures_at      timestamptz not null,
	-- orders in another one are no revenue; null takes any
	currency        text,
	-- what the person spent before (CUPED)
	spent_before    double precision,
	clicked_at      timestamptz,
	bought_at       timestamptz,
	unsubscribed_at timestamptz,
	complained_at   timestamptz,
	bounced_at      timestamptz,
	revenue         double precision not null default 0,
	primary key (profile_id, trial_id, tenant_id)
)
-- Outcomes change no indexed column: with room on its page a row stays there.
with (fillfactor = 85);

-- A look reads one trial whole.
create index exposure_trial on experiment.exposure (trial_id);

-- What each look saw, for intervals over time.
create table experiment.look (
	tenant_id text        not null,
	key       text        not null,
	phase     integer     not null,
	number    integer     not null,
	arm       text        not null,
	at        timestamptz not null,
	matured   bigint      not null,
	rate      double precision not null,
	lower     double precision,
	upper     double precision,
	decision  text        not null,
	primary key (tenant_id, key, phase, number, arm)
);
