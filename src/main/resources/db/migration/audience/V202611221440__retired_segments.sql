-- Segments that nothing new may use; they are retired as a whole, not by version. What uses one already goes on, so its version
-- in force stays in force. Approving a version takes the segment back.
create table audience.retirement (
    tenant_id  text        not null,
    name       text        not null,
    retired_by text        not null,
    retired_at timestamptz not null,
    primary key (tenant_id, name)
);
