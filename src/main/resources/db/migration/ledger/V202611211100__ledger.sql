-- What must stay provable. Business transactions only insert here; a sealer chains the entries afterwards, so that no
-- transaction ever waits for another one's place in the chain.
CREATE SCHEMA ledger;

CREATE TABLE ledger.entry (
	tenant_id text NOT NULL,
	entry_id bigint GENERATED ALWAYS AS IDENTITY,
	at timestamptz NOT NULL,
	kind text NOT NULL,
	subject text NOT NULL,
	actor text NOT NULL,
	-- Canonical JSON, kept as text: the hash covers these very characters
	facts text NOT NULL,
	PRIMARY KEY (tenant_id, entry_id)
);

CREATE INDEX entry_subject ON ledger.entry (tenant_id, subject, entry_id);

-- Entries that wait to be chained. Visible only once committed, so a late commit with a low number is not lost.
CREATE TABLE ledger.pending (
	tenant_id text NOT NULL,
	entry_id bigint NOT NULL,
	PRIMARY KEY (tenant_id, entry_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

CREATE TABLE ledger.link (
	tenant_id text NOT NULL,
	seq bigint NOT NULL,
	entry_id bigint NOT NULL,
	hash bytea NOT NULL,
	PRIMARY KEY (tenant_id, seq),
	UNIQUE (tenant_id, entry_id)
);

-- How long each chain is, so that a tail that was cut off is missed.
CREATE TABLE ledger.head (
	tenant_id text PRIMARY KEY,
	seq bigint NOT NULL,
	hash bytea NOT NULL
);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% on ledger.% refused: the ledger is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
	FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.link
	FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
