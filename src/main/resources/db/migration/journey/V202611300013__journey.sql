-- Journey runs, messages for waiting runs, single messages and reviews.

CREATE SCHEMA journey;

-- One row per run of a journey for one profile. It is written in the transaction that stores the event. The
-- engine's process instance is started after the commit, so that ingestion does not wait for the engine.
CREATE TABLE journey.run (
    tenant_id           text        NOT NULL,
    id                  uuid        NOT NULL,
    -- Key of the process definition.
    journey             text        NOT NULL,
    profile_id          uuid        NOT NULL,
    -- Subject of the run, for example a cart id. Empty after an erasure.
    key                 text        NOT NULL,
    template            text        NOT NULL,
    topic               text        NOT NULL,
    -- Wait before the message, ISO 8601 duration.
    delay               text        NOT NULL,
    status              text        NOT NULL CHECK (status IN ('pending', 'running', 'ended', 'failed')),
    -- Name of the end event, or the reason of a failure. Null until the run has ended.
    outcome             text,
    trigger             jsonb       NOT NULL,
    properties          jsonb       NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL,
    started_at          timestamptz,
    ended_at            timestamptz,
    process_instance_id text,
    -- Failed attempts to start the process instance.
    attempts            integer     NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Finds the runs to start.
CREATE INDEX run_to_start ON journey.run (next_attempt_at) WHERE status = 'pending';
-- Finds the runs that an event of the profile concerns.
CREATE INDEX run_of_profile ON journey.run (tenant_id, profile_id) WHERE status IN ('pending', 'running');
-- Lists runs, newest first (ids are UUIDv7).
CREATE INDEX run_newest ON journey.run (tenant_id, id DESC);

-- Limits a journey to one run for each key within a window. The transaction that inserts or renews the row starts the run.
CREATE TABLE journey.start_limit (
    tenant_id  text        NOT NULL,
    journey    text        NOT NULL,
    profile_id uuid        NOT NULL,
    key        text        NOT NULL,
    run_id     uuid        NOT NULL,
    -- End of the window: from this time on the key can start another run.
    next_start_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, journey, profile_id, key)
);

-- BPMN messages for runs. A row is deleted when its run has received the message or has ended.
CREATE TABLE journey.pending_message (
    tenant_id       text        NOT NULL,
    run_id          uuid        NOT NULL,
    -- BPMN message name.
    message         text        NOT NULL,
    event_id        uuid        NOT NULL,
    created_at      timestamptz NOT NULL,
    -- Failed attempts to correlate the message.
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, run_id, message)
);

CREATE INDEX pending_message_due ON journey.pending_message (next_attempt_at);

-- One row per Idempotency-Key of a request for a single message: the send that the first request created, and the
-- SHA-256 hash of its body.
CREATE TABLE journey.idempotency (
    tenant_id   text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    send_id     uuid        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

-- Decisions of reviewers, with the content as they changed it. The process only receives the decision.
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
