--liquibase formatted sql

--changeset apg:0034-client splitStatements:false
CREATE TABLE client (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  client_id    uuid        NOT NULL,
  secret_hash  bytea       NOT NULL CHECK (length(secret_hash) = 32),
  label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  role         text        NOT NULL,
  scopes       text[]      CHECK (cardinality(scopes) BETWEEN 1 AND 50),
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (tenant_id, client_id)
);
COMMENT ON TABLE client IS 'Programs that fetch access tokens with a secret of their own (OAuth 2.0 client credentials); only a SHA-256 of it is kept';
COMMENT ON COLUMN client.scopes IS 'The permissions that it is left with, of those of the role; null: all of them';
COMMENT ON COLUMN client.last_used_at IS 'To the minute: written by a job, not by the request';

ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE client FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON client TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON client TO apg_application;
--rollback DROP TABLE client;
