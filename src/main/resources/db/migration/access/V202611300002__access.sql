-- Tenants, and their users, API tokens and sources.
CREATE SCHEMA access;

CREATE TABLE access.tenant (
	tenant_id text PRIMARY KEY,
	created_at timestamptz NOT NULL
);

-- All tenants share one sign-in page, so a user name is unique across tenants. A user without a password has not accepted
-- the invitation yet.
CREATE TABLE access.app_user (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL CHECK (name ~ '^[A-Za-z0-9_.@+-]{1,64}$'),
	password text,
	created_at timestamptz NOT NULL,
	-- Grows with each change of password or roles, which ends the user's sessions
	version integer NOT NULL DEFAULT 1,
	PRIMARY KEY (tenant_id, name),
	UNIQUE (name)
);

CREATE TABLE access.user_role (
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	role text NOT NULL
		CHECK (role IN ('MARKETER', 'MODELER', 'REVIEWER', 'COMPLIANCE', 'OPERATOR', 'ADMIN', 'PLATFORM_ADMIN')),
	PRIMARY KEY (tenant_id, user_name, role),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

-- The open invitation of a user: a link to choose a password, also a forgotten one. Only the SHA-256 hash of the secret in
-- the link is stored.
CREATE TABLE access.invitation (
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	hash bytea NOT NULL UNIQUE,
	expires_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, user_name),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

-- Tokens and keys have at least 128 random bits, so their SHA-256 hash is safe at rest and can be looked up.
CREATE TABLE access.api_token (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL,
	hash bytea NOT NULL UNIQUE,
	roles text[] NOT NULL,
	scopes text[] NOT NULL DEFAULT '{READ,WRITE}',
	created_at timestamptz NOT NULL,
	-- Null: never
	expires_at timestamptz,
	PRIMARY KEY (tenant_id, name)
);

CREATE TABLE access.source (
	tenant_id text NOT NULL REFERENCES access.tenant,
	name text NOT NULL,
	created_at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, name)
);

-- A source has several keys while one replaces another.
CREATE TABLE access.write_key (
	tenant_id text NOT NULL,
	source_name text NOT NULL,
	key_id uuid NOT NULL,
	hash bytea NOT NULL UNIQUE,
	created_at timestamptz NOT NULL,
	-- Null: never
	expires_at timestamptz,
	PRIMARY KEY (tenant_id, source_name, key_id),
	FOREIGN KEY (tenant_id, source_name) REFERENCES access.source ON DELETE CASCADE
);

-- Browser sessions that may be used. A session ends when its row is deleted, when the version of the account grows, or at the
-- end of its lifetime.
CREATE TABLE access.user_session (
	-- SHA-256 of a random value that only the server's session holds
	hash bytea PRIMARY KEY,
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	user_version integer NOT NULL,
	created_at timestamptz NOT NULL,
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

CREATE INDEX user_session_user ON access.user_session (tenant_id, user_name);

-- Hashes of names with the networks from which they signed in. Limits of failed sign-ins that others can exhaust do not
-- apply to them. Without a tenant, because it is read before the user is known.
CREATE TABLE access.known_sign_in (
	hash bytea PRIMARY KEY,
	signed_in_at timestamptz NOT NULL
);

CREATE INDEX known_sign_in_age ON access.known_sign_in (signed_in_at);

-- Two-step sign-in of a user. The secret is encrypted; it counts once a code confirmed it.
CREATE TABLE access.totp (
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	secret bytea NOT NULL,
	confirmed_at timestamptz,
	-- 30-second step of the last code, so that a code works once
	last_step bigint NOT NULL DEFAULT 0,
	PRIMARY KEY (tenant_id, user_name),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.app_user ON DELETE CASCADE
);

-- SHA-256 hashes of unused recovery codes.
CREATE TABLE access.recovery_code (
	tenant_id text NOT NULL,
	user_name text NOT NULL,
	hash bytea NOT NULL,
	PRIMARY KEY (tenant_id, user_name, hash),
	FOREIGN KEY (tenant_id, user_name) REFERENCES access.totp ON DELETE CASCADE
);
