-- Nearly every event locks and rewrites one of these rows; why the profile comes first: docs/adr/0033.
alter table feature.profile_state drop constraint profile_state_pkey, add primary key (profile_id, tenant_id);
