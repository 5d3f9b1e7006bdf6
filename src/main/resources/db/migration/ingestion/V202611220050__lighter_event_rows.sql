-- What a row costs decides how many events come in (docs/adr/0033): json is checked like jsonb but not taken apart and
-- put together again; nothing in the database looks into it, and a number read back is written as it was sent.
alter table ingestion.event
    alter column properties type json using properties::json,
    alter column context type json using context::json;

-- Profile ids are unique across tenants: the tenant in front would make each comparison dearer and select nothing.
drop index ingestion.event_profile;
create index event_profile on ingestion.event (profile_id, occurred_at);

-- Hash first for the same reason: it is different in almost every comparison, the tenant in almost none.
alter table ingestion.message drop constraint message_pkey, add primary key (hash, tenant_id);
