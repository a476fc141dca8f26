--liquibase formatted sql

--changeset apg:0005-access-token splitStatements:false
CREATE TABLE access_token (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  token_id     uuid        NOT NULL,
  secret_hash  bytea       NOT NULL CHECK (length(secret_hash) = 32),
  label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  role         text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (tenant_id, token_id)
);
COMMENT ON TABLE access_token IS 'Bearer tokens; the token names its tenant and id, only a SHA-256 of its secret is kept';

ALTER TABLE access_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_token FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_token TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON access_token TO apg_application;
--rollback DROP TABLE access_token;
