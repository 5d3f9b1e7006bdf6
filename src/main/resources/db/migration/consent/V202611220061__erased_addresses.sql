-- The address of an erased person: a keyed hash that keeps it from being written to when it comes back by an import.
alter table consent.suppression drop constraint suppression_reason_check;
alter table consent.suppression add constraint suppression_reason_check
    check (reason in ('HARD_BOUNCE', 'COMPLAINT', 'UNSUBSCRIBE', 'MANUAL', 'INVALID', 'ERASED'));
