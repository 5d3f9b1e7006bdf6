-- When the sample campaigns were launched.
alter table sample.progress add column campaigns_at timestamptz;
