-- Who handed out the credential of which account, and when last: an invitation, also a repeated one, or turning off two-step
-- sign-in. For some time both count as one person. Rows stay when an account is deleted, because what it did still names it.
CREATE TABLE access.credential_handover (
	tenant_id text NOT NULL REFERENCES access.tenant ON DELETE CASCADE,
	user_name text NOT NULL,
	-- A user, or token: and the name of a token that belongs to no user
	by_user text NOT NULL,
	handed_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, user_name, by_user)
);

-- As the ledger shows it; null for invitations of earlier versions
ALTER TABLE access.invitation ADD COLUMN invited_by text;
