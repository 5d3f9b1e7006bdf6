-- Within how long each message goes at its person's best hour, ISO 8601; null for at once.
ALTER TABLE campaign.campaign ADD COLUMN best_hour_within text;
