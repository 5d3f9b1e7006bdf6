-- Pages of the sends of a campaign, in the order of ids
create index send_by_run_and_id on delivery.send (tenant_id, run_id, id);
drop index delivery.send_by_run;
