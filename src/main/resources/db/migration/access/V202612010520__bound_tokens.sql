-- An API token ends with the account of its owner. Tokens of deleted owners, also where another account has the name since, end now.
-- The setting opens the rows of all tenants to this transaction.
SELECT set_config('waypost.tenant', '*', true);

DELETE FROM access.api_token t WHERE t.owner IS NOT NULL AND NOT EXISTS (
	SELECT FROM access.app_user u
	WHERE u.tenant_id = t.tenant_id AND u.name = t.owner AND u.created_at <= t.created_at);

ALTER TABLE access.api_token ADD FOREIGN KEY (tenant_id, owner) REFERENCES access.app_user (tenant_id, name) ON DELETE CASCADE;

CREATE INDEX api_token_owner ON access.api_token (tenant_id, owner) WHERE owner IS NOT NULL;

-- Another account with the name of a deleted one has another id.
ALTER TABLE access.app_user ADD COLUMN account_id uuid NOT NULL DEFAULT gen_random_uuid(),
	ADD UNIQUE (tenant_id, account_id);

SELECT set_config('waypost.tenant', '', true);
