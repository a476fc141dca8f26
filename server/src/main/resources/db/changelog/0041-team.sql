--liquibase formatted sql

--changeset apg:0041-team splitStatements:false
CREATE TABLE team (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  team_id      uuid        NOT NULL,
  code         text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  display_name text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
  edition      bigint      NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, team_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON TABLE team IS 'Members of a tenant who own things together';
COMMENT ON COLUMN team.edition IS 'Counts the changes of its describing fields; the entity tag';

CREATE TABLE team_member (
  tenant_id   uuid    NOT NULL,
  team_id     uuid    NOT NULL,
  member_id   uuid    NOT NULL,
  member_kind text    NOT NULL CHECK (member_kind IN ('token', 'client', 'account')),
  maintainer  boolean NOT NULL,
  PRIMARY KEY (tenant_id, team_id, member_id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES team ON DELETE CASCADE
);
CREATE INDEX team_member_by_member ON team_member (tenant_id, member_id);
COMMENT ON TABLE team_member IS 'Tokens, clients and accounts that belong to a team; one that is gone stays until it is taken out, and gives nobody anything';
COMMENT ON COLUMN team_member.maintainer IS 'Whether the member may add and remove others';

ALTER TABLE team ENABLE ROW LEVEL SECURITY;
ALTER TABLE team FORCE ROW LEVEL SECURITY;
ALTER TABLE team_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE team_member FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON team TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON team_member TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON team, team_member TO apg_application;
CREATE POLICY tenant_over ON team TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
CREATE POLICY tenant_over ON team_member TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON team, team_member TO apg_eraser;
--rollback DROP TABLE team_member; DROP TABLE team;
