create schema audience;

-- One row per version of a segment. After the insert only the approval changes. At most one version per name is live.
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

-- Retired segments, with all their versions. New campaigns and segments cannot use them. The live version stays live for
-- launched campaigns. Approving a version deletes the row.
create table audience.segment_retirement (
	tenant_id  text        not null,
	name       text        not null,
	retired_by text        not null,
	retired_at timestamptz not null,
	primary key (tenant_id, name)
);

-- Attributes that segments are evaluated on: one row per surviving profile, rewritten when they change. The columns repeat data
-- of identity, feature and consent, so that one statement can compare a million profiles (docs/adr/0110).
create table audience.profile_attributes (
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
	-- Topics
	granted          text[]      not null,
	refused          text[]      not null,
	refreshed_on     date        not null,
	primary key (profile_id, tenant_id)
)
-- Free space for the next version of a row: most updates change no indexed column and stay on the page.
with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);

-- Engagement scores fall with time alone: profiles are refreshed once a day, those refreshed earliest first.
create index profile_attributes_refreshed_on on audience.profile_attributes (refreshed_on);

-- Types of activities: an event with a category, or with the empty text. The many rows of audience.activity refer to it by
-- number. extra marks further categories of an event that has one already; they do not count when any category matches.
create table audience.activity_type (
	tenant_id text    not null,
	id        integer not null generated always as identity,
	event     text    not null,
	category  text    not null,
	extra     boolean not null,
	primary key (id),
	unique (tenant_id, event, category, extra),
	check (category <> '' or not extra)
);

-- Activities of profiles, in the order in which they became known; rows are only appended. The type determines the tenant.
-- The amount is in ten-thousandths of its currency.
create table audience.activity (
	activity_type_id integer     not null,
	profile_id       uuid        not null,
	at               timestamptz not null,
	amount           bigint      not null
)
with (autovacuum_vacuum_insert_scale_factor = 0.05);

-- Finds the profiles with an activity since a time without reading the table.
create index activity_type_at on audience.activity (activity_type_id, at) include (profile_id, amount);
-- For merges and erasures.
create index activity_profile on audience.activity (profile_id);

-- Changes to project: one row per transaction that stores events, written in the same transaction. Element i of profiles,
-- activity_types, times and amounts describes one entry: the profile, the number of its type in the arrays events, categories and
-- extras (from 1; 0 if only attributes of the profile changed), and the time in microseconds since 1970. One node at a time reads
-- and deletes rows (docs/adr/0111).
create table audience.projection_queue (
	id             bigint      not null generated always as identity,
	tenant_id      text        not null,
	queued_at      timestamptz not null,
	events         text[]      not null,
	categories     text[]      not null,
	extras         boolean[]   not null,
	profiles       uuid[]      not null,
	activity_types integer[]   not null,
	times          bigint[]    not null,
	amounts        bigint[]    not null,
	primary key (id)
)
-- A batch of a hundred events is stored in its row. It lives for about a second, so it is not compressed.
with (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

alter table audience.projection_queue
	alter column events set storage external,
	alter column categories set storage external,
	alter column profiles set storage external,
	alter column activity_types set storage external,
	alter column times set storage external,
	alter column amounts set storage external;

-- Position of the rebuild of activities and attributes: a single row. Resetting it starts a rebuild.
create table audience.projection_backfill (
	one         boolean     not null default true check (one),
	after       uuid,
	finished_at timestamptz,
	primary key (one)
);

insert into audience.projection_backfill default values;

-- Frozen audiences. Neither the row nor its members change, except that merged profiles become one member and erased profiles
-- are removed.
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

-- Members of audiences, numbered from 1; a range of positions is a chunk of a campaign.
create table audience.member (
	tenant_id   text    not null,
	audience_id uuid    not null,
	position    integer not null,
	profile_id  uuid    not null,
	primary key (audience_id, position)
);

-- For merges and erasures.
create index member_profile on audience.member (profile_id);
