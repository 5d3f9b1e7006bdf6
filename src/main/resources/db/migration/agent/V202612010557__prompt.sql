-- Prompts that tenants wrote. Version 1 of each prompt is the shipped text, which is not stored here. Versions never change.
create table agent.prompt (
	tenant_id   text        not null,
	name        text        not null,
	version     integer     not null check (version > 1),
	system_text text        not null,
	user_text   text        not null,
	note        text        not null,
	created_by  text        not null,
	created_at  timestamptz not null,
	primary key (tenant_id, name, version)
);

-- The version in use; without a row it is version 1.
create table agent.live_prompt (
	tenant_id   text        not null,
	name        text        not null,
	version     integer     not null,
	approved_by text        not null,
	approved_at timestamptz not null,
	primary key (tenant_id, name)
);
