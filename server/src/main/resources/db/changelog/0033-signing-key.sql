--liquibase formatted sql

--changeset apg:0033-signing-key splitStatements:false
-- Of the installation, not of a tenant: tenant_id is nil, so that this table, too, shows its rows to nobody by accident.
CREATE TABLE signing_key (
  tenant_id   uuid        NOT NULL CHECK (tenant_id = '00000000-0000-0000-0000-000000000000'),
  key_id      uuid        NOT NULL,
  algorithm   text        NOT NULL,
  public_key  jsonb       NOT NULL,
  private_key bytea       NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  signs_from  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key_id)
);
COMMENT ON TABLE signing_key IS 'Keys that access tokens are signed with, made by the server; a key is published from when it is there until it is deleted';
COMMENT ON COLUMN signing_key.public_key IS 'As it is published: a JSON Web Key';
COMMENT ON COLUMN signing_key.private_key IS 'The whole JSON Web Key, encrypted under ENCRYPTION_KEY';
COMMENT ON COLUMN signing_key.signs_from IS 'Later than it is published, so that every node and client knows it when the first token bears its name';

ALTER TABLE signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON signing_key TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE (private_key), DELETE ON signing_key TO apg_application;
--rollback DROP TABLE signing_key;
