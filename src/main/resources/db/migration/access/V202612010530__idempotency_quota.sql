-- Who stored how much. Rows of the version before have no caller, and expire within a day.
SELECT set_config('waypost.tenant', '*', true);

-- SHA-256 of the id of the account or of the API token
ALTER TABLE access.idempotent_request ADD COLUMN caller bytea;
-- Bytes of the answer
ALTER TABLE access.idempotent_request ADD COLUMN size integer NOT NULL DEFAULT 0;

UPDATE access.idempotent_request SET size = octet_length(answer) WHERE answer IS NOT NULL;

CREATE INDEX idempotent_request_caller ON access.idempotent_request (tenant_id, caller) INCLUDE (size);

SELECT set_config('waypost.tenant', '', true);
