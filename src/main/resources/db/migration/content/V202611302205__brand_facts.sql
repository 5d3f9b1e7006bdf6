-- Promises with proof, shipping, returns, voice and form of address.
alter table content.brand_kit add column facts jsonb not null default '{}';
