-- Tables that gate sends, from the deployment by one user to the approval by another.
CREATE TABLE journey.table_approval (
    tenant_id   text        NOT NULL,
    -- SHA-256 of the file.
    digest      text        NOT NULL,
    table_key   text        NOT NULL,
    resource    text        NOT NULL,
    model       text        NOT NULL,
    proposed_by text        NOT NULL,
    proposed_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    -- An approval counts for one deployment.
    activated_at timestamptz,
    PRIMARY KEY (tenant_id, digest),
    CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
