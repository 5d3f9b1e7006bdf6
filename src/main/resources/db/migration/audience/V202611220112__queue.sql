-- What transactions that store events leave to be looked at: one row each, written in the same transaction. Row i of the four
-- arrays says that profiles[i] did what events[actions[i]] names, at a time in microseconds since 1970; action 0 only says
-- that something about the person has changed. Read and deleted by one node at a time (docs/adr/0111).
create table audience.queue (
    id         bigint      not null generated always as identity,
    tenant_id  text        not null,
    queued_at  timestamptz not null,
    events     text[]      not null,
    categories text[]      not null,
    extras     boolean[]   not null,
    profiles   uuid[]      not null,
    actions    integer[]   not null,
    times      bigint[]    not null,
    worths     bigint[]    not null,
    primary key (id)
)
-- A batch of a hundred events stays in its row; it lives for a second, so that compressing it would be waste.
with (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table audience.queue
    alter column events set storage external,
    alter column categories set storage external,
    alter column profiles set storage external,
    alter column actions set storage external,
    alter column times set storage external,
    alter column worths set storage external;

-- How far the people and events from before this room have been handed in. One row; reset to begin anew.
create table audience.backfill (
    one         boolean     not null default true check (one),
    after       uuid,
    finished_at timestamptz,
    primary key (one)
);
insert into audience.backfill default values;
