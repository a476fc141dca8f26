--liquibase formatted sql

--changeset apg:0006-idempotency-key splitStatements:false
CREATE TABLE idempotency_key (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash bytea       NOT NULL CHECK (length(request_hash) = 32),
  status       integer     CHECK (status BETWEEN 100 AND 599),
  headers      jsonb,
  body         bytea,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);
COMMENT ON TABLE idempotency_key IS 'Answers of unsafe requests that carried an Idempotency-Key; status is null while the first is under way';
CREATE INDEX idempotency_key_by_time ON idempotency_key (tenant_id, created_at);

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON idempotency_key TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO apg_application;
--rollback DROP TABLE idempotency_key;
