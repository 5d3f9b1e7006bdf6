-- Templates, brand kits and the product catalogue.

create schema content;

-- One row per version. Only its approval changes. At most one version per key and language is live.
create table content.template (
	tenant_id text not null,
	key text not null,
	version int not null,
	locale text not null,
	topic text not null,
	subject text,
	preheader text,
	headline text,
	body text,
	call_to_action text,
	live boolean not null default false,
	approved_by text,
	approved_at timestamptz,
	created_by text not null,
	created_at timestamptz not null,
	primary key (tenant_id, key, version),
	check (approved_at is not null or not live)
);

create unique index template_live on content.template (tenant_id, key, locale) where live;

-- One row per version. Only its approval changes. At most one version per key is live.
create table content.brand_kit (
	tenant_id text not null,
	key text not null,
	version int not null,
	sender_name text not null,
	sender_address text not null,
	postal_address text[] not null check (cardinality(postal_address) > 0),
	site_url text not null,
	logo_url text not null,
	accent_colour text not null,
	link_hosts text[] not null,
	forbidden_words text[] not null,
	live boolean not null default false,
	approved_by text,
	approved_at timestamptz,
	created_by text not null,
	created_at timestamptz not null,
	primary key (tenant_id, key, version),
	check (approved_at is not null or not live)
);

create unique index brand_kit_live on content.brand_kit (tenant_id, key) where live;

-- The current state of each product, as the shop reported it last.
create table content.product (
	tenant_id text not null,
	id text not null,
	name text not null,
	category text not null,
	price numeric not null check (price >= 0),
	currency text not null,
	image_url text,
	url text not null,
	popularity int not null,
	updated_at timestamptz not null,
	primary key (tenant_id, id)
);

-- Best sellers per category: a few rows from the start of each category's range.
create index product_popular on content.product (tenant_id, category, popularity desc, id);
