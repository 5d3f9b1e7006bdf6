-- As in identity: docs/adr/0033.
alter table consent.consent drop constraint consent_pkey, add primary key (profile_id, topic, tenant_id);
