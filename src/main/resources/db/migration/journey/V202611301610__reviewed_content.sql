-- Digest of the content that the reviewer saw: a decision holds for this content only.
ALTER TABLE journey.review ADD COLUMN content text;
