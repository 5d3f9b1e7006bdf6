-- What explains the sends of a campaign stands beside them, those of one chunk together and compressed: a send that is
-- written three times no longer carries a kilobyte each time. docs/adr/0122.
create table delivery.explanation_page (
	tenant_id    text  not null,
	id           uuid  not null,
	trigger      jsonb not null,
	-- a JSON array, deflated; what one person's decision was stands at the send's page_entry
	explanations bytea not null,
	primary key (tenant_id, id)
);

-- Compressed already
alter table delivery.explanation_page alter column explanations set storage external;

-- started_at: when the attempt began that was accepted. It stands in the send; delivery.attempt has the others.
alter table delivery.send
	add column page_id uuid,
	add column page_entry integer,
	add column started_at timestamptz;

-- Rows are a third of what they were: room for both later versions of each
alter table delivery.send set (fillfactor = 30);

-- Asked for each recipient: what was sent to them lately, and whether this is there already. Ids first, as docs/adr/0033 tells.
alter table delivery.send
	drop constraint send_once,
	add constraint send_once unique (profile_id, run_id, step, tenant_id);

-- Only a campaign inserts sends that wait, and it says so itself: the trigger ran for each planned message of a journey too.
drop trigger hint_added on delivery.send;
drop function delivery.hint_added();
