--liquibase formatted sql

--changeset apg:0030-audit-seal splitStatements:false
-- By the database's clock at the moment of writing, not of the transaction's begin: what was written before a moment is then
-- complete once all transactions that were under way at that moment have ended.
ALTER TABLE audit_entry ALTER COLUMN at SET DEFAULT clock_timestamp();
CREATE INDEX audit_entry_by_time ON audit_entry (tenant_id, at, entry_id);
DROP INDEX audit_entry_by_target;
CREATE INDEX audit_entry_by_target ON audit_entry (tenant_id, target, at, entry_id);

CREATE TABLE audit_seal (
  tenant_id  uuid        NOT NULL REFERENCES tenant,
  number     bigint      NOT NULL CHECK (number > 0),
  previous   bytea       NOT NULL CHECK (length(previous) = 32),
  hash       bytea       NOT NULL CHECK (length(hash) = 32),
  sealed_at  timestamptz NOT NULL,
  entries    uuid[]      NOT NULL CHECK (cardinality(entries) BETWEEN 1 AND 1000),
  digests    bytea       NOT NULL CHECK (length(digests) = 32 * cardinality(entries)),
  last_at    timestamptz NOT NULL,
  last_entry uuid        NOT NULL,
  PRIMARY KEY (tenant_id, number)
);
COMMENT ON TABLE audit_seal IS 'The chain over audit_entry: each link seals the entries after those of the link before, up to last_at and last_entry; append-only';
COMMENT ON COLUMN audit_seal.digests IS 'SHA-256 of each entry, one after the other, so that a changed one can be named';

ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_seal TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT ON audit_seal TO apg_application;
--rollback DROP TABLE audit_seal; DROP INDEX audit_entry_by_time; DROP INDEX audit_entry_by_target; CREATE INDEX audit_entry_by_target ON audit_entry (tenant_id, target_kind, target, entry_id); ALTER TABLE audit_entry ALTER COLUMN at SET DEFAULT now();
