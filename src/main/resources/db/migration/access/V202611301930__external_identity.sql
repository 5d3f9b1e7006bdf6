-- Users who sign in with an identity provider. Only the issuer and the subject decide which account a sign-in belongs to.
CREATE TABLE access.external_identity (
	tenant_id text NOT NULL,
	issuer text NOT NULL,
	subject text NOT NULL,
	user_name text NOT NULL,
	-- Name of the provider in the configuration at the first sign-in
	provider text NOT NULL,
	signed_in_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, issuer, subject),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

CREATE INDEX external_identity_user ON access.external_identity (tenant_id, user_name);
