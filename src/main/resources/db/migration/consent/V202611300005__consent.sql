create schema consent;

-- What a person can subscribe to. Rows of tenant '*' (no tenant has this id) apply to every tenant that has no row of its
-- own with the same key.
create table consent.topic (
    tenant_id     text    not null,
    key           text    not null check (key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    name          text    not null,
    description   text    not null,
    transactional boolean not null default false,
    position      integer not null default 0,
    primary key (tenant_id, key)
);

insert into consent.topic (tenant_id, key, name, description, transactional, position) values
    ('*', 'marketing', 'Offers and reminders',
     'Personal offers, reminders of what you left in your cart, and recommendations.', false, 1),
    ('*', 'product-news', 'Product news', 'New products and collections, at most once a week.', false, 2),
    ('*', 'service', 'Service messages',
     'Messages about your orders and your account. They carry no advertising.', true, 3);

-- The history of consents, with evidence. Append-only; only profile_id changes, when profiles are merged.
create table consent.consent_event (
    tenant_id    text        not null,
    id           uuid        not null,
    profile_id   uuid        not null,
    topic        text        not null,
    status       text        not null check (status in ('GRANTED', 'DENIED', 'REVOKED')),
    basis        text,
    source       text        not null,
    shown_text   text,
    text_version text,
    ip_sealed    bytea,
    answered_at  timestamptz not null,
    recorded_at  timestamptz not null,
    actor        text        not null,
    previous     uuid,
    primary key (tenant_id, id)
);
create index consent_event_profile on consent.consent_event (tenant_id, profile_id, topic, answered_at);

create function consent.keep_consent_event() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (to_jsonb(new) - 'profile_id') = (to_jsonb(old) - 'profile_id') then
            return new;
        end if;
    end if;
    raise exception 'consent.consent_event is append-only; record a new answer instead';
end
$$;

create trigger keep_consent_event before update or delete on consent.consent_event
    for each row execute function consent.keep_consent_event();

create trigger keep_all_consent_events before truncate on consent.consent_event
    for each statement execute function consent.keep_consent_event();

-- The current answer per profile and topic: an explicit answer (withdrawal, or opt-in with evidence) before an implicit
-- opt-in, then the newer, then the stricter (docs/adr/0150-explicit-opt-in.md). A claim of sends reads it FOR SHARE,
-- a change updates it: one of the two waits for the other.
create table consent.consent (
    tenant_id   text        not null,
    profile_id  uuid        not null,
    topic       text        not null,
    status      text        not null check (status in ('GRANTED', 'DENIED', 'REVOKED')),
    explicit    boolean     not null,
    strictness  smallint    not null generated always as
        (case status when 'GRANTED' then 0 when 'DENIED' then 1 else 2 end) stored,
    basis       text,
    answered_at timestamptz not null,
    version     bigint      not null,
    event_id    uuid        not null,
    primary key (profile_id, topic, tenant_id),
    check (explicit or status = 'GRANTED')
);

-- Addresses that get no messages.
create table consent.suppression (
    tenant_id     text        not null,
    address_hash  text        not null check (address_hash ~ '^[0-9a-f]{64}$'),
    reason        text        not null
        check (reason in ('HARD_BOUNCE', 'COMPLAINT', 'UNSUBSCRIBE', 'MANUAL', 'INVALID', 'ERASED')),
    actor         text        not null,
    suppressed_at timestamptz not null,
    primary key (tenant_id, address_hash)
);
create index suppression_newest on consent.suppression (tenant_id, suppressed_at desc, address_hash);

-- Every batch with an explicit opt-in checks whether the tenant has addresses of erased persons.
create index suppression_erased on consent.suppression (tenant_id) where reason = 'ERASED';
