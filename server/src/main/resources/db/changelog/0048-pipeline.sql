--liquibase formatted sql

--changeset apg:0048-pipeline splitStatements:false
CREATE TABLE pipeline (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  pipeline_id  uuid        NOT NULL,
  label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  issuer       text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
  audience     text        NOT NULL CHECK (length(audience) BETWEEN 1 AND 500),
  claims       jsonb       NOT NULL CHECK (jsonb_typeof(claims) = 'object' AND claims <> '{}'),
  capabilities text[]      NOT NULL CHECK (cardinality(capabilities) BETWEEN 1 AND 100),
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (tenant_id, pipeline_id)
);
COMMENT ON TABLE pipeline IS 'Jobs of CI services that publish with identity tokens of these instead of a secret (trusted publishing)';
COMMENT ON COLUMN pipeline.claims IS 'What a token must say, by name; * stands for any characters but / : @';
COMMENT ON COLUMN pipeline.capabilities IS 'Codes of those that its jobs may publish; * stands for any characters but /';
COMMENT ON COLUMN pipeline.last_used_at IS 'To the minute: written by a job, not by the request';

CREATE TABLE exchanged_token (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  token_digest bytea       NOT NULL CHECK (length(token_digest) = 32),
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, token_digest)
);
CREATE INDEX exchanged_token_by_end ON exchanged_token (tenant_id, expires_at);
COMMENT ON TABLE exchanged_token IS 'Identity tokens that were exchanged for an access token, until they have expired: each is good for one';

ALTER TABLE pipeline ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline FORCE ROW LEVEL SECURITY;
ALTER TABLE exchanged_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchanged_token FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON pipeline TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON exchanged_token TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON pipeline TO apg_application;
GRANT SELECT, INSERT, DELETE ON exchanged_token TO apg_application;
CREATE POLICY tenant_over ON pipeline TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
CREATE POLICY tenant_over ON exchanged_token TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON pipeline, exchanged_token TO apg_eraser;
--rollback DROP TABLE exchanged_token; DROP TABLE pipeline;
