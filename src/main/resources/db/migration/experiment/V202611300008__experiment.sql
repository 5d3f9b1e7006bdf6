create schema if not exists experiment;

-- One row per version of an experiment. After the insert only the approval changes. A version that changes only owner, traffic
-- or holdout continues the phase of the version before it. The definition is read and written as a whole.
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

-- Phases of experiments: people are assigned and counted per phase.
create table experiment.phase (
	tenant_id         text        not null,
	key               text        not null,
	number            integer     not null,
	id                uuid        not null,
	started_at        timestamptz not null,
	deadline_at       timestamptz not null,
	extensions_used   integer     not null default 0,
	-- Thompson mode: shares drawn by the last analysis, in the order of the arms
	shares            double precision[] not null default '{}',
	analysed_at       timestamptz not null,
	analyses          integer     not null default 0,
	-- The last verdict; if concluded_at is set, the final one
	decision          text        check (decision in ('KEEP_RUNNING', 'SHIP', 'ROLLBACK', 'REVIEW', 'INCONCLUSIVE')),
	arm               text,
	sentence          text,
	-- The last decision written to the ledger; a repeated decision is not written again
	recorded_decision text,
	concluded_at      timestamptz,
	-- Outcomes after this time are not measured
	closed_at         timestamptz,
	primary key (tenant_id, key, number),
	check (concluded_at is null or (decision is not null and arm is not null and sentence is not null))
);

-- Contains only phases that still measure, so it stays small.
create index phase_measuring on experiment.phase (tenant_id) where closed_at is null;

-- Slots of a layer that belong to an experiment. The ranges of a layer do not overlap; a lock on the layer ensures this.
create table experiment.slot_allocation (
	tenant_id text    not null,
	layer     text    not null,
	from_slot integer not null check (from_slot >= 0),
	to_slot   integer not null check (to_slot <= 10000 and to_slot > from_slot),
	key       text    not null,
	-- Order of allocation
	position  integer not null,
	primary key (tenant_id, layer, from_slot)
);

-- Exposures with their outcomes: one row per person and phase, for people who were sent an arm or held out. Ids come first in
-- the key, the tenant last: docs/adr/0033.
create table experiment.exposure (
	tenant_id       text        not null,
	phase_id        uuid        not null,
	profile_id      uuid        not null,
	role            text        not null check (role in ('TEST', 'ADAPTIVE', 'OUTSIDE', 'ROLLOUT', 'HOLDOUT', 'GLOBAL_HOLDOUT')),
	arm             text        not null,
	send_id         uuid,
	exposed_at      timestamptz not null,
	-- End of the conversion window: earlier outcomes count, and the person is counted from then on
	matures_at      timestamptz not null,
	-- Orders in another currency are not counted as revenue; null counts all
	currency        text,
	-- Earlier spending, the covariate of CUPED
	spent_before    double precision,
	clicked_at      timestamptz,
	bought_at       timestamptz,
	unsubscribed_at timestamptz,
	complained_at   timestamptz,
	bounced_at      timestamptz,
	revenue         double precision not null default 0,
	primary key (profile_id, phase_id, tenant_id)
)
-- Outcomes change no indexed column: with free space on its page a row stays there.
with (fillfactor = 85);

-- An analysis reads all exposures of a phase.
create index exposure_phase on experiment.exposure (phase_id);

-- Results of interim analyses, for intervals over time.
create table experiment.interim_analysis (
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
