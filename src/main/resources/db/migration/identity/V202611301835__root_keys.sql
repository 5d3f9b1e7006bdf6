-- Root keys of the vault, encrypted (wrapped) by the master key. All other keys are derived from them: the newest one
-- encrypts, all decrypt, the first makes the blind indexes.
create table identity.root_key (
    version    integer     not null primary key,
    wrapped    bytea       not null,
    master_key text        not null,  -- id of the master key that wrapped it
    created_at timestamptz not null
);

-- An installation that encrypted before this table existed derived its keys from the master key itself.
insert into identity.root_key (version, wrapped, master_key, created_at)
select 1, '', 'derived', now()
where exists (select from identity.vault_key) or exists (select from identity.identifier)
    or exists (select from identity.erasure);
