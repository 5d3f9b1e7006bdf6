-- One data key per profile, wrapped by the tenant's key. Deleting the row makes everything sealed with it unreadable.
create table identity.vault_key (
    tenant_id text not null,
    key_id uuid not null,
    wrapped bytea not null,
    primary key (tenant_id, key_id)
);

-- mac is a keyed hash of the value: tells whether a trait changed without opening it. key_id differs from profile_id
-- after a merge, which moves rows and re-encrypts nothing.
create table identity.vault_field (
    tenant_id text not null,
    profile_id uuid not null,
    field text not null,
    key_id uuid not null,
    mac uuid not null,
    as_of timestamptz not null,
    sealed bytea not null,
    primary key (tenant_id, profile_id, field)
);
