create schema identity;

-- Primary keys start with the column that differs most: hashes and ids differ in nearly every comparison, the tenant in
-- nearly none, and comparing texts is expensive. Measured: a look-up costs a fifth less than with the tenant first
-- (docs/adr/0033-dedup-and-event-log.md).

-- One row per person, or per device or mailbox that is not assigned to a person yet. Attributes are in their own
-- table, because event batches hold a shared lock on this row.
create table identity.profile (
    tenant_id   text        not null,
    id          uuid        not null,
    identified  boolean     not null,            -- a user id maps to it
    version     integer     not null default 0,  -- grows when its set of identifiers changes
    merged_into uuid,                            -- the surviving profile, null for a survivor
    created_at  timestamptz not null,
    primary key (id, tenant_id)
);
create index profile_merged_into on identity.profile (tenant_id, merged_into) where merged_into is not null;

-- Identifiers by blind index: hash is the first half of HMAC-SHA256(tenant key, type and value).
create table identity.identifier (
    tenant_id          text    not null,
    hash               uuid    not null,
    type               text    not null check (type in ('USER_ID', 'ANONYMOUS_ID', 'EMAIL')),
    profile_id         uuid,                            -- null: a device or mailbox that two people share
    claimed_by_user_id boolean not null default false,  -- then claims by mailboxes no longer count
    primary key (hash, tenant_id)
);
create index identifier_profile on identity.identifier (profile_id, tenant_id);

-- A user id or mailbox was seen together with a device or mailbox and claims it. All claims are kept, so that the result
-- does not depend on the order of arrival.
create table identity.identifier_claim (
    tenant_id     text not null,
    claimed_hash  uuid not null,
    claimant_hash uuid not null,
    primary key (tenant_id, claimed_hash, claimant_hash)
);
create index identifier_claim_claimant on identity.identifier_claim (tenant_id, claimant_hash);

-- alias calls: two user ids of one person.
create table identity.user_alias (
    tenant_id          text not null,
    user_hash          uuid not null,
    previous_user_hash uuid not null,
    primary key (tenant_id, user_hash, previous_user_hash)
);
create index user_alias_previous on identity.user_alias (tenant_id, previous_user_hash);

create table identity.merge (
    tenant_id  text        not null,
    absorbed   uuid        not null,
    survivor   uuid        not null,
    merged_at  timestamptz not null,
    message_id text        not null,  -- the message that caused the merge
    primary key (tenant_id, absorbed)
);

-- Indirect attributes, each with its time: the latest value wins, whatever the order of arrival.
create table identity.attribute (
    tenant_id    text not null,
    profile_id   uuid not null,
    country      text,
    country_at   timestamptz,
    locale       text,
    locale_at    timestamptz,
    time_zone    text,
    time_zone_at timestamptz,
    address_hash text,
    address_at   timestamptz,
    primary key (profile_id, tenant_id)
);
create index attribute_address on identity.attribute (tenant_id, address_hash) where address_hash is not null;

-- One data key per profile, wrapped by the tenant's key. Deleting the row makes everything encrypted with it unreadable.
create table identity.vault_key (
    tenant_id text  not null,
    key_id    uuid  not null,
    wrapped   bytea not null,
    primary key (key_id, tenant_id)
);

-- Direct identifiers, encrypted.
create table identity.vault_field (
    tenant_id  text        not null,
    profile_id uuid        not null,
    field      text        not null,
    key_id     uuid        not null,  -- differs from profile_id after a merge, which moves rows and re-encrypts nothing
    mac        uuid        not null,  -- keyed hash of the value: detects a change without decryption
    as_of      timestamptz not null,
    sealed     bytea       not null,
    primary key (profile_id, field, tenant_id)
);

-- Receipts of erasures by keyed hash of each identifier that the person had: a repeated request gets the same answer, the
-- erasure can be repeated after a backup was restored, and a source that repeats the person's events gives no consent.
-- Nothing in it can be read without the tenant's key.
create table identity.erasure (
    tenant_id       text        not null,
    identifier_hash uuid        not null,
    profile_id      uuid        not null,
    erased_at       timestamptz not null,
    counts          jsonb       not null,  -- deleted rows by kind
    primary key (tenant_id, identifier_hash)
);
