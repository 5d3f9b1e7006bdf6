create schema sample;

-- How far the sample workspace is filled. The anchor is the moment the histories end at: with it a start that was
-- killed in between goes on with the same people doing the same things.
create table sample.progress (
	tenant_id     text        primary key,
	anchor        timestamptz not null,
	people        integer     not null default 0,
	shelves_at    timestamptz,
	finished_at   timestamptz
);
