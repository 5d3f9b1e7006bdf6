-- Users that a directory creates by SCIM, with the account of each. The account's name stays when the directory changes the login.
CREATE TABLE access.scim_user (
	tenant_id text NOT NULL,
	user_id uuid NOT NULL,
	user_name text NOT NULL,
	login text NOT NULL,
	external_id text,
	active boolean NOT NULL,
	-- Names and e-mail addresses, as the directory reads them again
	attributes jsonb NOT NULL,
	created_at timestamptz NOT NULL,
	changed_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, user_id),
	UNIQUE (tenant_id, user_name),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

CREATE UNIQUE INDEX scim_user_login ON access.scim_user (tenant_id, lower(login));
CREATE INDEX scim_user_external ON access.scim_user (tenant_id, external_id);

CREATE TABLE access.scim_group (
	tenant_id text NOT NULL REFERENCES access.tenant ON DELETE CASCADE,
	group_id uuid NOT NULL,
	display_name text NOT NULL,
	external_id text,
	created_at timestamptz NOT NULL,
	changed_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, group_id)
);

CREATE UNIQUE INDEX scim_group_name ON access.scim_group (tenant_id, lower(display_name));

CREATE TABLE access.scim_member (
	tenant_id text NOT NULL,
	group_id uuid NOT NULL,
	user_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, group_id, user_id),
	FOREIGN KEY (tenant_id, group_id) REFERENCES access.scim_group ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, user_id) REFERENCES access.scim_user ON DELETE CASCADE
);

CREATE INDEX scim_member_user ON access.scim_member (tenant_id, user_id);
