-- An attempt is written before the call and finished after it, both by the thousand: with room on its page the second
-- write touches no index.
alter table delivery.attempt set (fillfactor = 60);
