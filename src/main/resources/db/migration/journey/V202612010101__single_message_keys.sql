-- access.idempotent_request replaces it for all requests. Nodes of the version before still write to it during a rolling upgrade.
COMMENT ON TABLE journey.idempotency IS 'Not used any more; to be dropped by the version after this one';
