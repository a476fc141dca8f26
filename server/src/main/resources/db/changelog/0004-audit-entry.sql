--liquibase formatted sql

--changeset apg:0004-audit-entry splitStatements:false
CREATE TABLE audit_entry (
  tenant_id   uuid        NOT NULL REFERENCES tenant,
  entry_id    uuid        NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  actor_id    uuid        NOT NULL,
  actor       text        NOT NULL,
  action      text        NOT NULL,
  target_kind text        NOT NULL,
  target      text        NOT NULL,
  before      jsonb,
  after       jsonb,
  request_id  text        NOT NULL,
  address     text,
  PRIMARY KEY (tenant_id, entry_id)
);
COMMENT ON TABLE audit_entry IS 'Who changed what; append-only: the application may neither update nor delete';
CREATE INDEX audit_entry_by_target ON audit_entry (tenant_id, target_kind, target, entry_id);

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_entry TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT ON audit_entry TO apg_application;
--rollback DROP TABLE audit_entry;
