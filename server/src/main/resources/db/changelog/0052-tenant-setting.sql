--liquibase formatted sql

--changeset apg:0052-tenant-setting splitStatements:false
CREATE TABLE tenant_setting (
  tenant_id            uuid    NOT NULL REFERENCES tenant,
  audit_retention_days integer CHECK (audit_retention_days >= 90),
  resolution_policy    jsonb,
  edition              bigint  NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE tenant_setting IS 'What the administrators of a tenant have said of how it works; null: as the installation has it';
COMMENT ON COLUMN tenant_setting.audit_retention_days IS 'How long sealed audit entries are kept';
COMMENT ON COLUMN tenant_setting.resolution_policy IS 'Of compositions that name none';
COMMENT ON COLUMN tenant_setting.edition IS 'Counts the changes; the entity tag';

ALTER TABLE tenant_setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_setting FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant_setting TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON tenant_setting TO apg_application;
CREATE POLICY tenant_over ON tenant_setting TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON tenant_setting TO apg_eraser;

-- In the row that says what a tenant may have. Without a default: the previous release goes on with the installation's.
ALTER TABLE tenant_cursor
  ADD COLUMN requests_per_minute integer CHECK (requests_per_minute BETWEEN 1 AND 1000000),
  ADD COLUMN burst               integer CHECK (burst BETWEEN 1 AND 1000000);
COMMENT ON COLUMN tenant_cursor.requests_per_minute IS 'Of each client of the tenant, in place of RATE_LIMIT_REQUESTS_PER_MINUTE';
COMMENT ON COLUMN tenant_cursor.burst IS 'Of each client of the tenant, in place of RATE_LIMIT_BURST';
--rollback ALTER TABLE tenant_cursor DROP COLUMN burst, DROP COLUMN requests_per_minute; DROP TABLE tenant_setting;
