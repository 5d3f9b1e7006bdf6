-- Key of the offer that the messages announce, null for none.
alter table campaign.campaign add column offer text;
