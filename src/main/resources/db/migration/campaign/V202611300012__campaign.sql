-- Campaigns, their chunks, deferred recipients and reviewed content.

CREATE SCHEMA campaign;

-- One row per campaign: its brief and its status.
CREATE TABLE campaign.campaign (
    tenant_id           text        NOT NULL,
    id                  uuid        NOT NULL,
    name                text        NOT NULL,
    goal                text        NOT NULL,
    template            text        NOT NULL,
    topic               text        NOT NULL,
    segment             text        NOT NULL,
    category            text,
    schedule            timestamptz,
    -- Test of variants: variants, winning metric, part of the audience, duration, conversion window. Null without a test.
    experiment          jsonb,
    -- Control group in percent of the audience.
    holdout_percent     numeric     NOT NULL CHECK (holdout_percent >= 0 AND holdout_percent <= 50),
    -- Send-time optimisation window, ISO 8601 duration. Null without optimisation.
    best_hour_within    text,
    status              text        NOT NULL CHECK (status IN ('draft', 'awaiting_approval', 'preparing', 'in_review',
                                        'testing', 'sending', 'paused', 'completed', 'cancelled', 'failed')),
    -- Status that a paused campaign returns to.
    paused_from         text        CHECK (paused_from IN ('testing', 'sending')),
    reason              text,
    audience_id         uuid,
    size                integer     NOT NULL DEFAULT 0,
    process_instance_id text,
    -- Answer of the decision table approval-required, and the decision of the approver.
    approval            jsonb,
    created_by          text        NOT NULL,
    created_at          timestamptz NOT NULL,
    launched_by         text,
    launched_at         timestamptz,
    ended_at            timestamptz,
    updated_at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK ((status = 'paused') = (paused_from IS NOT NULL))
);

-- Lists campaigns, newest first (ids are UUIDv7).
CREATE INDEX campaign_newest ON campaign.campaign (tenant_id, id DESC);
-- Finds running campaigns for the monitor.
CREATE INDEX campaign_running ON campaign.campaign (updated_at) WHERE status IN ('testing', 'sending');

-- One row per chunk: a range of the audience or a list of deferred recipients that one process instance
-- processes in one transaction.
CREATE TABLE campaign.chunk (
    tenant_id      text        NOT NULL,
    campaign_id    uuid        NOT NULL,
    number         integer     NOT NULL,
    phase          text        NOT NULL CHECK (phase IN ('test', 'rollout', 'deferred')),
    first_position integer,
    last_position  integer,
    people         uuid[],
    status         text        NOT NULL CHECK (status IN ('planned', 'started', 'done')),
    queued         integer     NOT NULL DEFAULT 0,
    withheld       integer     NOT NULL DEFAULT 0,
    deferred       integer     NOT NULL DEFAULT 0,
    started_at     timestamptz,
    done_at        timestamptz,
    PRIMARY KEY (tenant_id, campaign_id, number),
    CHECK ((people IS NULL) = (first_position IS NOT NULL AND last_position IS NOT NULL))
);

CREATE INDEX chunk_open ON campaign.chunk (tenant_id, campaign_id) WHERE status <> 'done';

-- One row per deferred recipient. "until" is the start of the next send window; it is null while a chunk
-- processes the recipient.
CREATE TABLE campaign.deferral (
    tenant_id   text        NOT NULL,
    campaign_id uuid        NOT NULL,
    profile_id  uuid        NOT NULL,
    until       timestamptz,
    attempts    integer     NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, campaign_id, profile_id)
);

CREATE INDEX deferral_due ON campaign.deferral (tenant_id, campaign_id, until);
CREATE INDEX deferral_of_profile ON campaign.deferral (profile_id);

-- Status and review of the content for each archetype and variant. The content itself is in delivery.content.
CREATE TABLE campaign.content (
    tenant_id   text        NOT NULL,
    campaign_id uuid        NOT NULL,
    archetype   text        NOT NULL,
    variant     text        NOT NULL,
    content_id  uuid        NOT NULL,
    people      integer     NOT NULL,
    status      text        NOT NULL CHECK (status IN ('cleared', 'flagged', 'rejected')),
    reason      text,
    task_id     text,
    reviewer    text,
    decision    text        CHECK (decision IN ('APPROVED', 'CHANGED', 'REJECTED', 'EXPIRED')),
    comment     text,
    -- Texts of the reviewer, until the decision is applied.
    subject     text,
    body        text,
    decided_at  timestamptz,
    PRIMARY KEY (tenant_id, campaign_id, archetype, variant)
);
