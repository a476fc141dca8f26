--liquibase formatted sql

--changeset apg:0029-revision-request splitStatements:false
-- Without a default, so that the previous release, which does not know it, goes on freezing; what it froze is read from the draft.
ALTER TABLE revision ADD COLUMN request bytea;
ALTER TABLE revision ALTER COLUMN request SET STORAGE EXTERNAL;
COMMENT ON COLUMN revision.request IS
  'What the draft asks of the resolver, and the lock: made of these two, for questions that read thousands of revisions';
--rollback ALTER TABLE revision DROP COLUMN request;
