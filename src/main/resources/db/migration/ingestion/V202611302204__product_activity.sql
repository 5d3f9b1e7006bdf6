-- Derived from the event log once a night, for recommendations. No personal data: only pairs and products of at least two buyers.

-- How many profiles bought both products. score is the cosine similarity of their sets of buyers.
create table ingestion.co_purchase (
	tenant_id text not null,
	product_id text not null,
	other_id text not null,
	buyers int not null,
	score double precision not null,
	primary key (tenant_id, product_id, other_id)
);

create index co_purchase_best on ingestion.co_purchase (tenant_id, product_id, score desc);

-- Buyers of each product in the last months.
create table ingestion.product_sales (
	tenant_id text not null,
	product_id text not null,
	buyers int not null,
	primary key (tenant_id, product_id)
);
