-- Who was erased, when and how much: under keyed hashes of the user ids, so that the request can be answered again, and
-- can be carried out again after a backup was restored. It holds nothing that can be read without the tenant's key.
create table identity.erasure (
    tenant_id text not null,
    user_hash uuid not null,
    profile_id uuid not null,
    erased_at timestamptz not null,
    counts jsonb not null,
    primary key (tenant_id, user_hash)
);
