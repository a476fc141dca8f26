--liquibase formatted sql

--changeset apg:0060-issued-by
ALTER TABLE access_token ADD COLUMN issued_by uuid;
ALTER TABLE client ADD COLUMN issued_by uuid;
ALTER TABLE pipeline ADD COLUMN issued_by uuid;
COMMENT ON COLUMN access_token.issued_by IS 'The account, token or client that made it, which may be gone; null: the platform, or a release that did not say';
COMMENT ON COLUMN client.issued_by IS 'Likewise';
COMMENT ON COLUMN pipeline.issued_by IS 'Likewise';
CREATE INDEX access_token_by_issuer ON access_token (tenant_id, issued_by) WHERE issued_by IS NOT NULL;
CREATE INDEX client_by_issuer ON client (tenant_id, issued_by) WHERE issued_by IS NOT NULL;
CREATE INDEX pipeline_by_issuer ON pipeline (tenant_id, issued_by) WHERE issued_by IS NOT NULL;
--rollback ALTER TABLE access_token DROP COLUMN issued_by; ALTER TABLE client DROP COLUMN issued_by; ALTER TABLE pipeline DROP COLUMN issued_by;
