--liquibase formatted sql

--changeset apg:0051-login-policy-passwords
ALTER TABLE login_policy ADD COLUMN passwords text NOT NULL DEFAULT 'everybody' CHECK (passwords IN ('everybody', 'administrators'));
COMMENT ON COLUMN login_policy.passwords IS 'Who may come in with a password';
--rollback ALTER TABLE login_policy DROP COLUMN passwords;
