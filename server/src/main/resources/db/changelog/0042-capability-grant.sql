--liquibase formatted sql

--changeset apg:0042-capability-grant splitStatements:false
-- With a default, so that the previous release goes on registering capabilities, which are open.
ALTER TABLE capability ADD COLUMN guarded boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN capability.guarded IS 'Whether there are grants, so that whoever writes need not look for them';

CREATE TABLE capability_grant (
  tenant_id     uuid NOT NULL,
  capability_id uuid NOT NULL,
  grantee_id    uuid NOT NULL,
  grantee_kind  text NOT NULL CHECK (grantee_kind IN ('team', 'token', 'client', 'account')),
  grantee_name  text NOT NULL CHECK (length(grantee_name) BETWEEN 1 AND 200),
  level         text NOT NULL CHECK (level IN ('edit', 'own')),
  PRIMARY KEY (tenant_id, capability_id, grantee_id),
  FOREIGN KEY (tenant_id, capability_id) REFERENCES capability
);
COMMENT ON TABLE capability_grant IS 'Who may change a capability; without any row all may whose role permits it. What was given to a team or member that is gone stays: it is nobody''s then, not everybody''s';
COMMENT ON COLUMN capability_grant.grantee_name IS 'When it was given';

ALTER TABLE capability_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE capability_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON capability_grant TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON capability_grant TO apg_application;
CREATE POLICY tenant_over ON capability_grant TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON capability_grant TO apg_eraser;
--rollback DROP TABLE capability_grant; ALTER TABLE capability DROP COLUMN guarded;
