--liquibase formatted sql

--changeset apg:0040-custom-role splitStatements:false
CREATE TABLE custom_role (
  tenant_id   uuid        NOT NULL REFERENCES tenant,
  role_id     uuid        NOT NULL,
  code        text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  description text        NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
  permissions text[]      NOT NULL CHECK (cardinality(permissions) BETWEEN 1 AND 50),
  edition     bigint      NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, role_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON TABLE custom_role IS 'Roles that a tenant made beside those that every tenant has';
COMMENT ON COLUMN custom_role.edition IS 'Counts the changes; the entity tag';

ALTER TABLE custom_role ENABLE ROW LEVEL SECURITY;
ALTER TABLE custom_role FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON custom_role TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON custom_role TO apg_application;
CREATE POLICY tenant_over ON custom_role TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON custom_role TO apg_eraser;
--rollback DROP TABLE custom_role;
