--liquibase formatted sql

--changeset apg:0055-personal-token splitStatements:false
-- A table of its own: the previous release, which knows nothing of whose they are, refuses them.
CREATE TABLE personal_token (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  token_id     uuid        NOT NULL,
  account_id   uuid        NOT NULL,
  secret_hash  bytea       NOT NULL CHECK (length(secret_hash) = 32),
  label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  scopes       text[]      CHECK (cardinality(scopes) BETWEEN 1 AND 50),
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, token_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account ON DELETE CASCADE
);
COMMENT ON TABLE personal_token IS 'By which people come in without a browser; whoever bears one may do no more than its account at that moment. Revoked ones are deleted';
COMMENT ON COLUMN personal_token.scopes IS 'The permissions that its bearer is left with, of those of the account; null: all of them';
COMMENT ON COLUMN personal_token.last_used_at IS 'To the minute: written by a job, not by the request';
CREATE INDEX personal_token_by_account ON personal_token (tenant_id, account_id, token_id);

ALTER TABLE personal_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE personal_token FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON personal_token TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON personal_token TO apg_application;
CREATE POLICY tenant_over ON personal_token TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON personal_token TO apg_eraser;
--rollback DROP TABLE personal_token;
