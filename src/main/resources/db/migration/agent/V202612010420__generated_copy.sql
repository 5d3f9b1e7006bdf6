-- Copy of language models: what it is for, and the copies that passed inspection. No personal data: the task has no recipient.
create table agent.copy_task (
	tenant_id    text        not null,
	-- fingerprint of goal, kinds of facts, brand and prompt version
	key          text        not null,
	task         jsonb       not null,
	-- due: waits for a worker; running: a worker has it until due_at; done and failed since due_at, failed may be requested again then
	state        text        not null check (state in ('due', 'running', 'done', 'failed')),
	reason       text,
	attempts     integer     not null,
	requested_at timestamptz not null,
	due_at       timestamptz not null,
	copies       jsonb,
	primary key (tenant_id, key)
);

create index copy_task_due on agent.copy_task (due_at) where state in ('due', 'running');
create index copy_task_finished on agent.copy_task (due_at) where state in ('done', 'failed');

-- Copy that a campaign waits for before its content is written.
create table agent.campaign_copy (
	tenant_id   text not null,
	campaign_id uuid not null,
	key         text not null,
	primary key (tenant_id, campaign_id, key)
);

create index campaign_copy_key on agent.campaign_copy (tenant_id, key);
