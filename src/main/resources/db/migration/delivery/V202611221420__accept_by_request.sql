-- The accept log of a sandbox that keeps no messages, a row a request as a provider gets
-- them: a row a message cost more than anything a provider's answer costs.
create table delivery.sandbox_request (
	tenant_id   text        not null,
	id          uuid        not null,
	sends       uuid[]      not null,
	-- SHA-256 of each message as sent, one after the other
	hashes      bytea       not null check (length(hashes) = 32 * cardinality(sends)),
	accepted_at timestamptz not null,
	primary key (tenant_id, id)
);

-- Ids and hashes do not compress: trying would only cost
alter table delivery.sandbox_request alter column sends set storage external, alter column hashes set storage external;

alter table delivery.sandbox_acceptance rename to sandbox_acceptance_earlier;

-- Each message that was accepted, and as which.
create view delivery.sandbox_acceptance as
	select r.tenant_id, m.send_id, 'sandbox-' || r.id || '-' || m.place as provider_id,
		substring(r.hashes from (32 * m.place - 31)::int for 32) as content_hash, r.accepted_at
	from delivery.sandbox_request r cross join lateral unnest(r.sends) with ordinality as m(send_id, place)
	union all
	select tenant_id, send_id, provider_id, content_hash, accepted_at from delivery.sandbox_acceptance_earlier;
