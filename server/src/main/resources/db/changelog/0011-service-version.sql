--liquibase formatted sql

--changeset apg:0011-service-version splitStatements:false
CREATE TABLE service_version (
  tenant_id  uuid NOT NULL,
  service_id uuid NOT NULL,
  number     text NOT NULL CHECK (length(number) <= 256),
  PRIMARY KEY (tenant_id, service_id, number),
  FOREIGN KEY (tenant_id, service_id) REFERENCES service
);
COMMENT ON TABLE service_version IS 'Versions of a service that some version of a capability provides or once provided: tells a publisher that a range matches nothing yet';

ALTER TABLE service_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_version FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON service_version TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT ON service_version TO apg_application;
--rollback DROP TABLE service_version;
