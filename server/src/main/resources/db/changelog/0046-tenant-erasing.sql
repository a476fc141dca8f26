--liquibase formatted sql

--changeset apg:0046-tenant-erasing splitStatements:false rollbackSplitStatements:false
-- The last state, taken before the first row is deleted: in the row that every write takes, so that none passes it, and nothing
-- leads out of it but the end of the erasure.
ALTER TABLE tenant_cursor
  DROP CONSTRAINT tenant_cursor_state_check,
  DROP CONSTRAINT tenant_cursor_erased,
  ADD CONSTRAINT tenant_cursor_state_check CHECK (state IN ('active', 'suspended', 'deleting', 'erasing')),
  ADD CONSTRAINT tenant_cursor_erased CHECK ((state IN ('deleting', 'erasing')) = (erased_at IS NOT NULL));
COMMENT ON COLUMN tenant_cursor.erased_at IS 'From this time on nobody can do anything for a deleted tenant, and its data is erased';

CREATE OR REPLACE FUNCTION tenant_is_over() RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM tenant_cursor WHERE tenant_id = current_tenant() AND state = 'erasing');
ALTER POLICY tenant_over ON tenant_cursor USING (tenant_id = current_tenant() AND state = 'erasing');

-- To the feed and to whoever goes from one tenant to the next, one that is being erased is one that is gone.
GRANT SELECT (state) ON tenant_cursor TO apg_feed;
--rollback REVOKE SELECT (state) ON tenant_cursor FROM apg_feed;
--rollback ALTER POLICY tenant_over ON tenant_cursor USING (tenant_id = current_tenant() AND state = 'deleting' AND erased_at <= now());
--rollback CREATE OR REPLACE FUNCTION tenant_is_over() RETURNS boolean LANGUAGE sql STABLE RETURN EXISTS (SELECT FROM tenant_cursor WHERE tenant_id = current_tenant() AND state = 'deleting' AND erased_at <= now());
--rollback ALTER TABLE tenant_cursor DROP CONSTRAINT tenant_cursor_state_check, DROP CONSTRAINT tenant_cursor_erased;
--rollback ALTER TABLE tenant_cursor NO FORCE ROW LEVEL SECURITY;
--rollback UPDATE tenant_cursor SET state = 'deleting' WHERE state = 'erasing';
--rollback ALTER TABLE tenant_cursor FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE tenant_cursor ADD CONSTRAINT tenant_cursor_state_check CHECK (state IN ('active', 'suspended', 'deleting')), ADD CONSTRAINT tenant_cursor_erased CHECK ((state = 'deleting') = (erased_at IS NOT NULL));
