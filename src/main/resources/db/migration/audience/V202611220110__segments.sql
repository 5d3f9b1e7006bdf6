create schema audience;

-- A row is one version and never changes, but for its approval. One version per name is live.
create table audience.segment (
    tenant_id   text        not null,
    name        text        not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$'),
    version     integer     not null check (version > 0),
    description text        not null,
    owner       text        not null,
    definition  text        not null,
    live        boolean     not null default false,
    approved_by text,
    approved_at timestamptz,
    created_by  text        not null,
    created_at  timestamptz not null,
    primary key (tenant_id, name, version),
    check (approved_at is not null or not live)
);

create unique index segment_live on audience.segment (tenant_id, name) where live;

-- Who is asked: one row per surviving profile, rewritten when something about the person changes. It repeats, in columns that
-- a statement over a million people can compare, what identity, feature and consent know one by one (docs/adr/0110).
create table audience.person (
    tenant_id        text        not null,
    profile_id       uuid        not null,
    first_seen_at    timestamptz not null,
    country          text,
    language         text,
    locale           text,
    time_zone        text,
    has_address      boolean     not null,
    stage            text        not null
        check (stage in ('prospect', 'new', 'active', 'loyal', 'at-risk', 'lapsed')),
    engagement_score integer     not null,
    order_count      bigint      not null,
    money_spent      numeric,
    average_order    numeric,
    first_order_at   timestamptz,
    last_order_at    timestamptz,
    last_open_at     timestamptz,
    last_click_at    timestamptz,
    top_category     text,
    device           text,
    granted          text[]      not null,
    refused          text[]      not null,
    read_on          date        not null,
    primary key (profile_id, tenant_id)
)
-- Room on each page for the next version of a row: most updates change no indexed column and stay there.
with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);

-- Time alone lowers an engagement score: who was not read today is read again, the longest waiting first.
create index person_read_on on audience.person (read_on);

-- What can be done: an event, with its category or the empty text. Few rows, so that the many of audience.deed need only a number.
-- extra: a further category of an event that has one already; it must not count twice when no category is asked for.
create table audience.action (
    tenant_id text    not null,
    id        integer not null generated always as identity,
    event     text    not null,
    category  text    not null,
    extra     boolean not null,
    primary key (id),
    unique (tenant_id, event, category, extra),
    check (category <> '' or not extra)
);

-- What was done, in the order it became known. An action belongs to one tenant, so its number stands for the tenant too.
-- Appended only; worth in ten-thousandths of whatever the currency is.
create table audience.deed (
    action_id  integer     not null,
    profile_id uuid        not null,
    at         timestamptz not null,
    worth      bigint      not null
)
with (autovacuum_vacuum_insert_scale_factor = 0.05);

-- Answers "who did this since then" without touching the table.
create index deed_action on audience.deed (action_id, at) include (profile_id, worth);
-- For merges and erasures.
create index deed_profile on audience.deed (profile_id);
