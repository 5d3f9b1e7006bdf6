-- The user who created a token, also by way of another token. Null: created on the command line or by a version without owners.
ALTER TABLE access.api_token ADD COLUMN owner text;

-- Every user who ever owned a token of a name. Rows stay when a token is deleted, because what it changed still names it.
CREATE TABLE access.token_owner (
	tenant_id text NOT NULL REFERENCES access.tenant ON DELETE CASCADE,
	token_name text NOT NULL,
	user_name text NOT NULL,
	PRIMARY KEY (tenant_id, token_name, user_name)
);
