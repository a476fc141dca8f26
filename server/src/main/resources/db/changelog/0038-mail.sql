--liquibase formatted sql

--changeset apg:0038-mail splitStatements:false
CREATE TABLE mail (
  tenant_id       uuid        NOT NULL REFERENCES tenant,
  mail_id         uuid        NOT NULL,
  content         bytea       NOT NULL,
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, mail_id)
);
COMMENT ON TABLE mail IS 'What waits to be sent; a row is deleted when the mail server has taken it, or has not for too long';
COMMENT ON COLUMN mail.content IS 'Address, subject and text, encrypted under ENCRYPTION_KEY: there may be a token in it';
COMMENT ON COLUMN mail.next_attempt_at IS 'Whoever tries sets it to a later time first, so that nobody else tries meanwhile';

ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON mail TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO apg_application;
CREATE POLICY tenant_over ON mail TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over());
GRANT SELECT, DELETE ON mail TO apg_eraser;
--rollback DROP TABLE mail;
