-- The overview counts what came in lately, every few seconds. Rows are appended in the order of receipt, so a block range
-- index finds the last day in a log of years; unlike any other index it costs the writers next to nothing.
create index event_received on ingestion.event using brin (received_at);
