create schema if not exists ingestion;

-- Every message id taken in, as the first half of its SHA-256: exact dedup across the months of the event log.
create table ingestion.message (
    tenant_id text not null,
    hash uuid not null,
    received_on date not null,
    primary key (tenant_id, hash)
);
create index message_received_on on ingestion.message using brin (received_on);

-- The event log, without direct identifiers. By month of receipt, so that writers touch one partition and old months can
-- be dropped whole. It has no primary key on purpose: ids are handed out by one generator, dedup is ingestion.message,
-- and each index costs every event.
create table ingestion.event (
    tenant_id text not null,
    profile_id uuid not null,
    id uuid not null,
    type text not null check (type in ('track', 'identify', 'page', 'screen', 'group', 'alias')),
    name text not null,
    properties jsonb not null,
    context jsonb not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    message_id text not null
) partition by range (received_at);
create index event_profile on ingestion.event (tenant_id, profile_id, occurred_at, id);
create table ingestion.event_default partition of ingestion.event default;

-- What could not be taken in. The payload may hold personal data and is sealed with the tenant's key.
create table ingestion.dead_letter (
    tenant_id text not null,
    id uuid not null,
    source text not null check (source in ('http', 'kafka', 'import')),
    reason text not null,
    pointer text not null,
    detail text not null,
    received_at timestamptz not null,
    payload bytea not null,
    replayed_at timestamptz,
    primary key (tenant_id, id)
);
