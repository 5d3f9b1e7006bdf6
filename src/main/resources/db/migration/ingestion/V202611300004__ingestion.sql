create schema ingestion;

-- Every message id that was ingested, as the first half of its SHA-256: exact deduplication across the months of the
-- event log. The hash comes first in the key because it differs in nearly every comparison, the tenant in nearly none.
create table ingestion.message_id (
    tenant_id   text not null,
    hash        uuid not null,
    received_on date not null,
    primary key (hash, tenant_id)
);
create index message_id_received_on on ingestion.message_id using brin (received_on);

-- The event log, without direct identifiers. It is partitioned by month of receipt, so that writers touch one partition
-- and old months can be dropped as a whole. It has no primary key: one generator makes the ids, ingestion.message_id
-- deduplicates, and each index costs time for every event (docs/adr/0033-dedup-and-event-log.md).
-- properties and context are json, not jsonb: json is checked but not converted, no query reads inside, and numbers are
-- read back as they were sent.
create table ingestion.event (
    tenant_id   text        not null,
    profile_id  uuid        not null,
    id          uuid        not null,
    type        text        not null check (type in ('track', 'identify', 'page', 'screen', 'group', 'alias')),
    name        text        not null,
    properties  json        not null,
    context     json        not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    message_id  text        not null
) partition by range (received_at);

-- Profile ids are unique across tenants: the tenant in front would make comparisons slower and select nothing.
create index event_profile on ingestion.event (profile_id, occurred_at);

-- The overview page counts recent events every few seconds. Rows are appended in the order of receipt, so a block range
-- index finds the last day in a log of years; it costs writers nearly nothing, unlike any other index.
create index event_received on ingestion.event using brin (received_at);

create table ingestion.event_default partition of ingestion.event default;

-- Events that could not be ingested. Payloads may hold personal data and are encrypted with the tenant's key.
create table ingestion.dead_letter (
    tenant_id      text        not null,
    id             uuid        not null,
    source         text        not null check (source in ('http', 'kafka', 'import')),
    reason         text        not null,
    pointer        text        not null,
    detail         text        not null,
    received_at    timestamptz not null,
    payload        bytea       not null,  -- as it was received; never changed
    edited_payload bytea,                 -- the corrected event, replayed instead of the original
    edited_by      text,
    edited_at      timestamptz,
    replayed_at    timestamptz,
    primary key (tenant_id, id),
    check (num_nulls(edited_payload, edited_by, edited_at) in (0, 3))
);
