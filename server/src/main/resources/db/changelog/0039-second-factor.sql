--liquibase formatted sql

--changeset apg:0039-second-factor splitStatements:false
CREATE TABLE second_factor (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  account_id   uuid        NOT NULL,
  secret       bytea       NOT NULL,
  last_step    bigint      NOT NULL DEFAULT 0,
  confirmed_at timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, account_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account ON DELETE CASCADE
);
COMMENT ON TABLE second_factor IS 'Of an account: what makes one-time passwords (RFC 6238); one that is not confirmed asks for nothing yet';
COMMENT ON COLUMN second_factor.secret IS 'Encrypted under ENCRYPTION_KEY';
COMMENT ON COLUMN second_factor.last_step IS 'Of the last code that was taken: none of it or before is taken again';

CREATE TABLE recovery_code (
  tenant_id  uuid  NOT NULL REFERENCES tenant,
  account_id uuid  NOT NULL,
  code_hash  bytea NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (tenant_id, account_id, code_hash),
  FOREIGN KEY (tenant_id, account_id) REFERENCES second_factor ON DELETE CASCADE
);
COMMENT ON TABLE recovery_code IS 'In place of a one-time password, once: whoever uses it deletes the row';

CREATE TABLE login_policy (
  tenant_id     uuid NOT NULL REFERENCES tenant,
  second_factor text NOT NULL CHECK (second_factor IN ('everybody', 'administrators', 'nobody')),
  edition       bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE login_policy IS 'Of whom a tenant demands a second factor, where it has said so itself';

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['second_factor', 'recovery_code', 'login_policy'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO apg_application USING (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO apg_application', name);
    EXECUTE format('CREATE POLICY tenant_over ON %I TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over())', name);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO apg_eraser', name);
  END LOOP;
END
$$;
--rollback DROP TABLE login_policy; DROP TABLE recovery_code; DROP TABLE second_factor;
