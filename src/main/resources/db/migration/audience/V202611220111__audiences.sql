-- A frozen answer. Neither row nor members ever change, but that merged people become one member and erased people none.
create table audience.audience (
    tenant_id       text        not null,
    id              uuid        not null,
    segment         text        not null,
    segment_version integer     not null,
    definition      text        not null,
    versions        jsonb       not null,
    as_of           timestamptz not null,
    size            integer     not null check (size > 0),
    frozen_by       text        not null,
    frozen_at       timestamptz not null,
    primary key (tenant_id, id)
);

-- Numbered from 1; a range of numbers is a chunk of work.
create table audience.member (
    tenant_id   text    not null,
    audience_id uuid    not null,
    position    integer not null,
    profile_id  uuid    not null,
    primary key (audience_id, position)
);

-- For merges and erasures.
create index member_profile on audience.member (profile_id);
