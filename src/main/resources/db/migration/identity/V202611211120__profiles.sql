create schema if not exists identity;

-- A person, or a browser or mailbox that may turn out to be one. The row holds only what merges change, because every
-- batch of events share-locks the rows of its people and writers must not queue behind a changed locale.
create table identity.profile (
    tenant_id text not null,
    id uuid not null,
    known boolean not null,
    version integer not null default 0,
    merged_into uuid,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
create index profile_merged_into on identity.profile (tenant_id, merged_into) where merged_into is not null;

-- Blind index: hash is the first half of HMAC-SHA256(tenant key, type and value). A null profile means "nobody": a
-- device or mailbox that two people share. direct: a user id claims it, so claims by mailboxes no longer count.
create table identity.identifier (
    tenant_id text not null,
    hash uuid not null,
    type text not null check (type in ('USER_ID', 'ANONYMOUS_ID', 'EMAIL')),
    profile_id uuid,
    direct boolean not null default false,
    primary key (tenant_id, hash)
);
create index identifier_profile on identity.identifier (tenant_id, profile_id);

-- Who was seen to own a device or mailbox; kept so that the answer does not depend on the order of arrival.
create table identity.claim (
    tenant_id text not null,
    hash uuid not null,
    by_hash uuid not null,
    primary key (tenant_id, hash, by_hash)
);
create index claim_by on identity.claim (tenant_id, by_hash);

create table identity.alias (
    tenant_id text not null,
    hash uuid not null,
    previous_hash uuid not null,
    primary key (tenant_id, hash, previous_hash)
);
create index alias_previous on identity.alias (tenant_id, previous_hash);

create table identity.merge (
    tenant_id text not null,
    absorbed uuid not null,
    survivor uuid not null,
    merged_at timestamptz not null,
    cause text not null,
    primary key (tenant_id, absorbed)
);

-- Indirect attributes with the time of each, so that the latest statement wins whatever the order of arrival.
create table identity.attribute (
    tenant_id text not null,
    profile_id uuid not null,
    country text,
    country_at timestamptz,
    locale text,
    locale_at timestamptz,
    time_zone text,
    time_zone_at timestamptz,
    address_hash text,
    address_at timestamptz,
    primary key (tenant_id, profile_id)
);
create index attribute_address on identity.attribute (tenant_id, address_hash) where address_hash is not null;
