-- Every batch in which somebody agrees asks whether the tenant has blocks that an agreement can lift.
create index suppression_erased on consent.suppression (tenant_id) where reason = 'ERASED';
