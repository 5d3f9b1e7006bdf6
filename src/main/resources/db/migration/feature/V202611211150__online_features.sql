create schema if not exists feature;

-- What the fold over a profile's events has come to. One row per profile, rewritten in place by the
-- transaction that stores the events.
create table feature.profile_state (
    tenant_id     text        not null,
    profile_id    uuid        not null,
    state         bytea       not null,
    stage         text        not null
        check (stage in ('PROSPECT', 'NEW', 'ACTIVE', 'LOYAL', 'AT_RISK', 'LAPSED')),
    next_stage_at timestamptz,
    primary key (tenant_id, profile_id)
)
-- Room on each page for the next version of a row: most updates change no indexed column and stay there.
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- The state is read and written whole; a compression attempt on each update would only cost time.
alter table feature.profile_state alter column state set storage external;

-- Only people whose stage will change by time alone are in the index of the lifecycle sweep.
create index profile_state_due on feature.profile_state (next_stage_at) where next_stage_at is not null;
