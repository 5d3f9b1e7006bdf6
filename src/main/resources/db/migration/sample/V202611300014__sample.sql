create schema sample;

-- How far the sample workspace is loaded. The histories of the sample people end at the anchor: an interrupted load continues
-- with the same people and events.
create table sample.progress (
	tenant_id       text        primary key,
	anchor          timestamptz not null,
	people          integer     not null default 0,
	content_at      timestamptz,
	finished_at     timestamptz,
	-- The history of the demo shopper is sent only once, so that her consents and her erasure stay in effect
	demo_shopper_at timestamptz,
	campaigns_at    timestamptz
);
