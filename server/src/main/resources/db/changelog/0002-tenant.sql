--liquibase formatted sql

--changeset apg:0002-tenant splitStatements:false
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('apg.tenant_id', true), '')::uuid;
COMMENT ON FUNCTION current_tenant() IS 'The tenant that SET LOCAL apg.tenant_id names; null, and so no rows, when unset';

CREATE TABLE tenant (
  tenant_id  uuid        PRIMARY KEY,
  code       text        NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tenant IS 'Unit of isolation; every other table leads with tenant_id';

CREATE TABLE tenant_cursor (
  tenant_id uuid   PRIMARY KEY REFERENCES tenant,
  epoch     bigint NOT NULL DEFAULT 1 CHECK (epoch > 0),
  seq       bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
  oldest    bigint NOT NULL DEFAULT 1 CHECK (oldest > 0)
);
COMMENT ON TABLE tenant_cursor IS 'The last event number of each tenant; taken as the last statement of every write';
COMMENT ON COLUMN tenant_cursor.epoch IS 'Changes when the database was restored or failed over with loss';
COMMENT ON COLUMN tenant_cursor.oldest IS 'The oldest event still kept; an older cursor is answered with 410';

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant_cursor ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_cursor FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON tenant_cursor TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY every_cursor ON tenant_cursor FOR SELECT TO apg_feed USING (true);
GRANT SELECT, INSERT, UPDATE ON tenant, tenant_cursor TO apg_application;
GRANT SELECT (tenant_id, epoch, seq, oldest) ON tenant_cursor TO apg_feed;
--rollback DROP TABLE tenant_cursor; DROP TABLE tenant; DROP FUNCTION current_tenant();
