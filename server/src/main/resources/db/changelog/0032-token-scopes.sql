--liquibase formatted sql

--changeset apg:0032-token-scopes splitStatements:false
-- Without a default, so that the previous release, which does not know them, goes on issuing tokens for all of a role.
ALTER TABLE access_token
  ADD COLUMN scopes       text[] CHECK (cardinality(scopes) BETWEEN 1 AND 50),
  ADD COLUMN last_used_at timestamptz;
COMMENT ON COLUMN access_token.scopes IS 'The permissions that the bearer is left with, of those of the role; null: all of them';
COMMENT ON COLUMN access_token.last_used_at IS 'To the minute: written by a job, not by the request';

ALTER TABLE tenant_cursor ADD COLUMN access_seq bigint NOT NULL DEFAULT 0 CHECK (access_seq >= 0);
COMMENT ON COLUMN tenant_cursor.access_seq IS
  'The last event that took access away from somebody: what a node has in memory about callers must be newer';
GRANT SELECT (access_seq) ON tenant_cursor TO apg_feed;
--rollback ALTER TABLE tenant_cursor DROP COLUMN access_seq; ALTER TABLE access_token DROP COLUMN last_used_at, DROP COLUMN scopes;
