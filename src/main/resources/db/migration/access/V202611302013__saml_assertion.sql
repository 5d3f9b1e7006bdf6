-- Assertions of SAML identity providers that were received, so that each works once on all nodes. The statement about the user is
-- stored until the browser that sent the request fetches it. Rows are deleted when their assertion has expired.
CREATE TABLE access.saml_assertion (
	tenant_id text NOT NULL REFERENCES access.tenant ON DELETE CASCADE,
	issuer text NOT NULL,
	assertion_id text NOT NULL,
	provider text NOT NULL,
	-- Null if the user started at the provider
	in_response_to text,
	statement jsonb,
	received_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, issuer, assertion_id)
);

CREATE INDEX saml_assertion_request ON access.saml_assertion (tenant_id, in_response_to) WHERE statement IS NOT NULL;
CREATE INDEX saml_assertion_expiry ON access.saml_assertion (tenant_id, expires_at);
