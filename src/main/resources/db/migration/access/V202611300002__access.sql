-- Tenants, and their users, API tokens and sources.
CREATE SCHEMA access;

CREATE TABLE access.tenant (
	tenant_id text PRIMARY KEY,
	created_at timestamptz NOT NULL
);

-- All tenants share one sign-in page, so a user name is unique across tenants.
CREATE TABLE access.app_user (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_.@+-]{1,64}$'),
	password text NOT NULL,
	created_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, name),
	UNIQUE (name)
);

CREATE TABLE access.user_role (
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	role text NOT NULL CHECK (role IN ('MARKETER', 'MODELER', 'REVIEWER', 'COMPLIANCE', 'OPERATOR', 'ADMIN')),
	PRIMARY KEY (tenant_id, user_name, role),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

-- Tokens and keys have at least 128 random bits, so their SHA-256 hash is safe at rest and can be looked up.
CREATE TABLE access.api_token (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL,
	hash bytea NOT NULL UNIQUE,
	roles text[] NOT NULL,
	created_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, name)
);

CREATE TABLE access.write_key (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL,
	hash bytea NOT NULL UNIQUE,
	created_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, name)
);
