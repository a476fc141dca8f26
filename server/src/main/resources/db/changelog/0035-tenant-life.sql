--liquibase formatted sql

--changeset apg:0035-tenant-life splitStatements:false rollbackSplitStatements:false
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'apg_platform') THEN
    CREATE ROLE apg_platform NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'apg_eraser') THEN
    CREATE ROLE apg_eraser NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO apg_platform, apg_eraser', current_schema());
END
$$;

-- With defaults, so that the previous release, which does not know them, goes on writing; the daily count corrects what it did
-- not add.
ALTER TABLE tenant_cursor
  ADD COLUMN state             text   NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleting')),
  ADD COLUMN state_reason      text   CHECK (length(state_reason) <= 2000),
  ADD COLUMN erased_at         timestamptz,
  ADD COLUMN edition           bigint NOT NULL DEFAULT 1,
  ADD COLUMN capabilities      bigint NOT NULL DEFAULT 0,
  ADD COLUMN versions          bigint NOT NULL DEFAULT 0,
  ADD COLUMN compositions      bigint NOT NULL DEFAULT 0,
  ADD COLUMN stored_bytes      bigint NOT NULL DEFAULT 0,
  ADD COLUMN most_capabilities bigint CHECK (most_capabilities >= 0),
  ADD COLUMN most_versions     bigint CHECK (most_versions >= 0),
  ADD COLUMN most_compositions bigint CHECK (most_compositions >= 0),
  ADD COLUMN most_stored_bytes bigint CHECK (most_stored_bytes >= 0),
  ADD CONSTRAINT tenant_cursor_erased CHECK ((state = 'deleting') = (erased_at IS NOT NULL));
COMMENT ON TABLE tenant_cursor IS
  'The last event number of each tenant, and what bounds its writes: in one row, which every write takes as its last statement, so that none passes a suspension or a quota';
COMMENT ON COLUMN tenant_cursor.erased_at IS 'Not before this time the data of a deleted tenant is erased';
COMMENT ON COLUMN tenant_cursor.edition IS 'Counts the changes of the quotas; their entity tag';
COMMENT ON COLUMN tenant_cursor.stored_bytes IS 'Of documents and bundles; what was purged counts until the next daily count';

CREATE POLICY every_tenant ON tenant FOR SELECT TO apg_platform USING (true);
CREATE POLICY every_tenant ON tenant_cursor FOR SELECT TO apg_platform USING (true);
GRANT SELECT ON tenant, tenant_cursor TO apg_platform;

-- Whatever the application asks for: only what belongs to a tenant whose time is over can be erased.
CREATE FUNCTION tenant_is_over() RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM tenant_cursor
                 WHERE tenant_id = current_tenant() AND state = 'deleting' AND erased_at <= now());
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
      AND c.relname NOT IN ('tenant', 'tenant_cursor', 'signing_key')
  LOOP
    EXECUTE format('CREATE POLICY tenant_over ON %I TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over())', name);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO apg_eraser', name);
  END LOOP;
END
$$;
CREATE POLICY tenant_over ON tenant TO apg_eraser USING (tenant_id = current_tenant());
CREATE POLICY tenant_over ON tenant_cursor TO apg_eraser
  USING (tenant_id = current_tenant() AND state = 'deleting' AND erased_at <= now());
GRANT SELECT, DELETE ON tenant, tenant_cursor TO apg_eraser;
--rollback DO $$ DECLARE t record; BEGIN FOR t IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema() AND policyname IN ('tenant_over', 'every_tenant') LOOP EXECUTE format('DROP POLICY %I ON %I', t.policyname, t.tablename); EXECUTE format('REVOKE ALL ON %I FROM apg_eraser, apg_platform', t.tablename); END LOOP; END $$;
--rollback DROP FUNCTION tenant_is_over();
--rollback ALTER TABLE tenant_cursor DROP COLUMN state, DROP COLUMN state_reason, DROP COLUMN erased_at, DROP COLUMN edition, DROP COLUMN capabilities, DROP COLUMN versions, DROP COLUMN compositions, DROP COLUMN stored_bytes, DROP COLUMN most_capabilities, DROP COLUMN most_versions, DROP COLUMN most_compositions, DROP COLUMN most_stored_bytes;
