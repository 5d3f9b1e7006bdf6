CREATE SCHEMA campaign;

-- One campaign: what is wanted, and where it stands.
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
    test                jsonb,
    holdout_percent     numeric     NOT NULL CHECK (holdout_percent >= 0 AND holdout_percent <= 50),
    status              text        NOT NULL CHECK (status IN ('draft', 'awaiting_approval', 'preparing', 'in_review',
                                        'testing', 'sending', 'paused', 'completed', 'cancelled', 'failed')),
    -- Where a paused one goes on.
    paused_from         text        CHECK (paused_from IN ('testing', 'sending')),
    reason              text,
    audience_id         uuid,
    size                integer     NOT NULL DEFAULT 0,
    process_instance_id text,
    -- Which table version let it begin, or sent it to a person, and who that was.
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

CREATE INDEX campaign_newest ON campaign.campaign (tenant_id, id DESC);
CREATE INDEX campaign_under_way ON campaign.campaign (updated_at) WHERE status IN ('testing', 'sending');

-- A range of the audience, or people whose window comes later: what one process instance does in one transaction.
CREATE TABLE campaign.chunk (
    tenant_id      text        NOT NULL,
    campaign_id    uuid        NOT NULL,
    number         integer     NOT NULL,
    phase          text        NOT NULL CHECK (phase IN ('test', 'rollout', 'later')),
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

-- Who was put off to a later window, and how often; without a time while a chunk has taken them up again.
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

-- Words of a campaign, once for each archetype and variant; the words themselves are a delivery.content.
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
    said        text,
    -- What a reviewer wants it to say, until that is a content of its own.
    subject     text,
    body        text,
    decided_at  timestamptz,
    PRIMARY KEY (tenant_id, campaign_id, archetype, variant)
);
