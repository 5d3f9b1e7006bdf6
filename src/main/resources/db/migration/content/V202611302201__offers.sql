-- Offers that messages may announce. One row per version. Only its approval changes. At most one version per key is live.
create table content.offer (
	tenant_id text not null,
	key text not null,
	version int not null,
	-- A category, products, or neither for the whole catalogue
	category text,
	product_ids text[] not null,
	percent numeric,
	amount numeric,
	currency text,
	code text,
	from_date date,
	-- Last day
	until_date date,
	url text,
	-- By language
	names jsonb not null,
	terms jsonb not null,
	live boolean not null default false,
	approved_by text,
	approved_at timestamptz,
	created_by text not null,
	created_at timestamptz not null,
	primary key (tenant_id, key, version),
	check (approved_at is not null or not live),
	check ((percent is null) <> (amount is null)),
	check ((amount is null) = (currency is null)),
	-- Approved by a second person
	check (approved_by <> created_by)
);

create unique index offer_live on content.offer (tenant_id, key) where live;
