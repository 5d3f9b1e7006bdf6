CREATE SCHEMA journey;

-- One run of a journey for one profile. It is written in the transaction that stores the event; the engine's
-- instance follows after the commit, so that the front door never waits for the engine.
CREATE TABLE journey.run (
    tenant_id           text        NOT NULL,
    id                  uuid        NOT NULL,
    journey             text        NOT NULL,
    profile_id          uuid        NOT NULL,
    key                 text        NOT NULL,
    template            text        NOT NULL,
    topic               text        NOT NULL,
    delay               text        NOT NULL,
    status              text        NOT NULL CHECK (status IN ('pending', 'running', 'ended', 'failed')),
    outcome             text,
    trigger             jsonb       NOT NULL,
    properties          jsonb       NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL,
    started_at          timestamptz,
    ended_at            timestamptz,
    process_instance_id text,
    attempts            integer     NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX run_to_start ON journey.run (next_attempt_at) WHERE status = 'pending';
CREATE INDEX run_of_profile ON journey.run (tenant_id, profile_id) WHERE status IN ('pending', 'running');
CREATE INDEX run_newest ON journey.run (tenant_id, id DESC);

-- At most one run for a key within its window: whoever takes the slot starts the run.
CREATE TABLE journey.slot (
    tenant_id  text        NOT NULL,
    journey    text        NOT NULL,
    profile_id uuid        NOT NULL,
    key        text        NOT NULL,
    run_id     uuid        NOT NULL,
    free_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, journey, profile_id, key)
);

-- What waiting runs have to be told. A row stays until the run has taken the message or has ended.
CREATE TABLE journey.tell (
    tenant_id       text        NOT NULL,
    run_id          uuid        NOT NULL,
    message         text        NOT NULL,
    event_id        uuid        NOT NULL,
    told_at         timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, run_id, message)
);

CREATE INDEX tell_due ON journey.tell (next_attempt_at);

-- The answer to a triggered message, kept under the caller's Idempotency-Key.
CREATE TABLE journey.idempotency (
    tenant_id   text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    send_id     uuid        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

-- What a reviewer decided, with the words as changed; the process only gets the decision.
CREATE TABLE journey.review (
    tenant_id  text        NOT NULL,
    send_id    uuid        NOT NULL,
    task_id    text        NOT NULL,
    decision   text        NOT NULL CHECK (decision IN ('APPROVED', 'CHANGED', 'REJECTED', 'EXPIRED')),
    reviewer   text        NOT NULL,
    reason     text,
    subject    text,
    body       text,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, send_id, task_id)
);
