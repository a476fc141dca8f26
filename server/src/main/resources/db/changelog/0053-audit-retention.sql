--liquibase formatted sql

--changeset apg:0053-audit-retention splitStatements:false rollbackSplitStatements:false
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'apg_retention') THEN
    CREATE ROLE apg_retention NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO apg_retention', current_schema());
END
$$;

CREATE TABLE audit_anchor (
  tenant_id  uuid        NOT NULL REFERENCES tenant,
  number     bigint      NOT NULL CHECK (number > 0),
  previous   bytea       NOT NULL CHECK (length(previous) = 32),
  hash       bytea       NOT NULL CHECK (length(hash) = 32),
  sealed_at  timestamptz NOT NULL,
  entries    integer     NOT NULL CHECK (entries > 0),
  last_at    timestamptz NOT NULL,
  last_entry uuid        NOT NULL,
  PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE audit_anchor IS 'Of audit_seal the last row that was removed when its time was over, without what it held: the chain goes on after it';

ALTER TABLE audit_anchor ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_anchor FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_anchor TO apg_application, apg_retention USING (tenant_id = current_tenant());
GRANT SELECT ON audit_anchor TO apg_application;
GRANT SELECT, INSERT, UPDATE ON audit_anchor TO apg_retention;
CREATE POLICY tenant_over ON audit_anchor TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON audit_anchor TO apg_eraser;

-- Whatever the program asks for, and whatever a tenant has set: nothing of the last ninety days can be removed.
CREATE POLICY past ON audit_entry TO apg_retention USING (tenant_id = current_tenant() AND at < now() - interval '90 days');
CREATE POLICY past ON audit_seal TO apg_retention USING (tenant_id = current_tenant() AND last_at < now() - interval '90 days');
GRANT SELECT (tenant_id, entry_id, at), DELETE ON audit_entry TO apg_retention;
GRANT SELECT (tenant_id, number, last_at), DELETE ON audit_seal TO apg_retention;
COMMENT ON TABLE audit_entry IS 'Who changed what; append-only: the application may neither update nor delete, and apg_retention only delete what is older than ninety days';
--rollback REVOKE ALL ON audit_entry, audit_seal FROM apg_retention; DROP POLICY past ON audit_seal; DROP POLICY past ON audit_entry; DROP TABLE audit_anchor;
--rollback COMMENT ON TABLE audit_entry IS 'Who changed what; append-only: the application may neither update nor delete';
