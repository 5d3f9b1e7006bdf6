create schema if not exists feature;

-- State of the features of a profile: a fold over its events. One row per profile, updated by the transaction that stores the
-- events. Nearly every event locks and rewrites a row; why the profile comes first in the key: docs/adr/0033.
create table feature.profile_state (
	tenant_id     text        not null,
	profile_id    uuid        not null,
	state         bytea       not null,
	-- The lifecycle stage that was announced last
	stage         text        not null
		check (stage in ('PROSPECT', 'NEW', 'ACTIVE', 'LOYAL', 'AT_RISK', 'LAPSED')),
	next_stage_at timestamptz,
	primary key (profile_id, tenant_id)
)
-- Free space for the next version of a row: most updates change no indexed column and stay on the page.
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- The state is read and written as a whole; trying to compress it at each update would only cost time.
alter table feature.profile_state alter column state set storage external;

-- Contains only profiles whose stage is due to change.
create index profile_state_due on feature.profile_state (next_stage_at) where next_stage_at is not null;
