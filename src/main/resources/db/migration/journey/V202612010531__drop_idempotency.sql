-- access.idempotent_request replaced it. The version before this one does not write to it any more.
DROP TABLE journey.idempotency;
