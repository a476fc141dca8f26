--liquibase formatted sql

--changeset apg:0043-composition-grant splitStatements:false
-- With a default, so that the previous release goes on making compositions, which are open.
ALTER TABLE composition ADD COLUMN guarded boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN composition.guarded IS 'Whether there are grants, so that whoever reads need not look for them';

CREATE TABLE composition_grant (
  tenant_id      uuid NOT NULL REFERENCES tenant,
  composition_id uuid NOT NULL,
  grantee_id     uuid NOT NULL,
  grantee_kind   text NOT NULL CHECK (grantee_kind IN ('team', 'token', 'client', 'account')),
  grantee_name   text NOT NULL CHECK (length(grantee_name) BETWEEN 1 AND 200),
  level          text NOT NULL CHECK (level IN ('read', 'edit', 'own')),
  PRIMARY KEY (tenant_id, composition_id, grantee_id)
);
COMMENT ON TABLE composition_grant IS 'Who may read and change a composition; without any row all may whose role permits it. What was given to a team or member that is gone stays: it is nobody''s then, not everybody''s';
COMMENT ON COLUMN composition_grant.composition_id IS 'Without a reference: events of a composition that was deleted stay hidden from those who could not read it';
COMMENT ON COLUMN composition_grant.grantee_name IS 'When it was given';

ALTER TABLE composition_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE composition_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON composition_grant TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON composition_grant TO apg_application;
CREATE POLICY tenant_over ON composition_grant TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON composition_grant TO apg_eraser;
--rollback DROP TABLE composition_grant; ALTER TABLE composition DROP COLUMN guarded;
