-- Requests with an Idempotency-Key of the last 24 hours. The key itself is not stored. A crash leaves the row without an answer; when its
-- lease has ended, a repeated request takes it over.
CREATE TABLE access.idempotent_request (
	tenant_id text NOT NULL REFERENCES access.tenant ON DELETE CASCADE,
	-- SHA-256 of caller, method, path and key
	hash bytea NOT NULL,
	-- Stays the same when the request is carried out again after a failure
	request_id uuid NOT NULL,
	-- Which attempt to carry it out holds the lease
	attempt_id uuid NOT NULL,
	-- SHA-256 of the above with query and body
	fingerprint bytea NOT NULL,
	-- Status, headers and body, encrypted; null while the request is in progress
	answer bytea,
	lease_until timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, hash)
);

CREATE INDEX idempotent_request_expiry ON access.idempotent_request (expires_at);
CREATE INDEX idempotent_request_attempt ON access.idempotent_request (attempt_id) WHERE answer IS NULL;
