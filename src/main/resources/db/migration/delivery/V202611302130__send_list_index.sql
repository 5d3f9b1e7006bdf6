-- Partial, although run_id is never null: a plan made while the table is small then cannot use this index to look up a send
-- by tenant and id, which would read all sends of the tenant as the table grows.
drop index delivery.send_by_run_and_id;
create index send_by_run_and_id on delivery.send (tenant_id, run_id, id) where run_id is not null;
