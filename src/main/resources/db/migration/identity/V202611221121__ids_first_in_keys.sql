-- As with profiles: ids differ in nearly every comparison, the tenant in none (docs/adr/0033). A campaign looks each
-- recipient up in these twice.
alter table identity.attribute drop constraint attribute_pkey, add primary key (profile_id, tenant_id);
alter table identity.vault_key drop constraint vault_key_pkey, add primary key (key_id, tenant_id);
alter table identity.vault_field drop constraint vault_field_pkey, add primary key (profile_id, field, tenant_id);
