-- Append-only, hash-chained audit log. Business transactions only insert entries; a background job chains them afterwards, so
-- that no transaction waits for the position of another one in the chain.
create schema ledger;

create table ledger.entry (
	tenant_id text not null,
	entry_id  bigint generated always as identity,
	at        timestamptz not null,
	kind      text not null,
	subject   text not null,
	actor     text not null,
	-- Canonical JSON, stored as text because the hash covers exactly these characters
	facts     text not null,
	primary key (tenant_id, entry_id)
);

create index entry_subject on ledger.entry (tenant_id, subject, entry_id);

-- Entries that are not chained yet. A row becomes visible with its commit, so an entry that commits late is not skipped.
create table ledger.pending (
	tenant_id text   not null,
	entry_id  bigint not null,
	primary key (tenant_id, entry_id)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

-- hash(seq) = SHA-256(hash(seq - 1) || canonical JSON of the entry)
create table ledger.chain_link (
	tenant_id text   not null,
	seq       bigint not null,
	entry_id  bigint not null,
	hash      bytea  not null,
	primary key (tenant_id, seq),
	unique (tenant_id, entry_id)
);

-- Length and last hash of each chain: detects a chain whose end was deleted
create table ledger.chain_head (
	tenant_id text   primary key,
	seq       bigint not null,
	hash      bytea  not null
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
	raise exception '% on ledger.% refused: the ledger is append-only', tg_op, tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on ledger.entry
	for each statement execute function ledger.refuse_change();

create trigger append_only before update or delete or truncate on ledger.chain_link
	for each statement execute function ledger.refuse_change();
