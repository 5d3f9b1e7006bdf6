-- The latest explicit answer of an address to a topic. A revocation holds for every profile with the address until a later opt-in
-- with evidence. It has the keyed hash of the address and no profile, so it outlives profiles, also erased ones.
create table consent.address_consent (
    tenant_id    text        not null,
    address_hash text        not null check (address_hash ~ '^[0-9a-f]{64}$'),
    topic        text        not null,
    status       text        not null check (status in ('GRANTED', 'REVOKED')),
    -- Whether the answer came by a link of a message, the preference centre or the API. Events come with write keys, which are public:
    -- they do not undo a confirmed revocation.
    confirmed    boolean     not null,
    actor        text        not null,
    answered_at  timestamptz not null,
    primary key (tenant_id, address_hash, topic)
);
