--liquibase formatted sql

--changeset apg:0057-signing-key-retirement splitStatements:false
-- The key's own row is deleted, so that the previous release, too, takes nothing any more that it has signed.
CREATE TABLE signing_key_retirement (
  tenant_id  uuid        NOT NULL CHECK (tenant_id = '00000000-0000-0000-0000-000000000000'),
  key_id     uuid        NOT NULL,
  name       text        NOT NULL,
  algorithm  text        NOT NULL,
  reason     text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  request_id text        NOT NULL,
  address    text,
  retired_at timestamptz NOT NULL DEFAULT now(),
  told_at    timestamptz,
  PRIMARY KEY (tenant_id, key_id),
  UNIQUE (tenant_id, name)
);
COMMENT ON TABLE signing_key_retirement IS 'Signing keys that were taken away by whoever runs the installation; append-only';
COMMENT ON COLUMN signing_key_retirement.name IS 'Its kid';
COMMENT ON COLUMN signing_key_retirement.told_at IS 'When it stood in the audit log of every tenant; null: a job is at it';
CREATE INDEX signing_key_retirement_by_time ON signing_key_retirement (tenant_id, retired_at);

ALTER TABLE signing_key_retirement ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key_retirement FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON signing_key_retirement TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE (told_at) ON signing_key_retirement TO apg_application;
--rollback DROP TABLE signing_key_retirement;
