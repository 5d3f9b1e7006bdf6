-- Every tenant reads the topics that all tenants share. No tenant can change them.
create policy shared on consent.topic for select using (tenant_id = '*');
