-- More facts of products. The columns are what recommendations select and sort by; details has the rest: names, descriptions and
-- attributes by language, brand, sale price with its validity, rating, images. price is the list price.
alter table content.product
	add column kind text,
	add column launched date,
	add column stock int check (stock >= 0),
	add column details jsonb not null default '{}';

-- Each change of a product, as it was saved.
create table content.product_version (
	tenant_id text not null,
	id text not null,
	version int not null,
	item jsonb not null,
	created_by text not null,
	created_at timestamptz not null,
	primary key (tenant_id, id, version)
);

-- Names of categories by language.
create table content.category (
	tenant_id text not null,
	name text not null,
	names jsonb not null,
	updated_by text not null,
	updated_at timestamptz not null,
	primary key (tenant_id, name)
);
