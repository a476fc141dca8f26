--liquibase formatted sql

--changeset apg:0050-identity-provider splitStatements:false
CREATE TABLE identity_provider (
  tenant_id      uuid        NOT NULL REFERENCES tenant,
  provider_id    uuid        NOT NULL,
  code           text        NOT NULL CHECK (length(code) BETWEEN 1 AND 100),
  display_name   text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
  issuer         text        NOT NULL,
  client_id      text        NOT NULL,
  client_secret  bytea       NOT NULL,
  scopes         text[]      NOT NULL,
  claims         jsonb       NOT NULL,
  roles          jsonb       NOT NULL,
  accounts       jsonb       NOT NULL,
  second_factors text[]      NOT NULL,
  disabled_at    timestamptz,
  edition        bigint      NOT NULL DEFAULT 1,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, provider_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON TABLE identity_provider IS 'Who says for a tenant who its people are (OpenID Connect)';
COMMENT ON COLUMN identity_provider.client_secret IS 'Encrypted under ENCRYPTION_KEY';
COMMENT ON COLUMN identity_provider.claims IS 'Names of the claims that hold the address, the name and the groups of a person';
COMMENT ON COLUMN identity_provider.roles IS 'Which role people have by their groups, the first that fits';
COMMENT ON COLUMN identity_provider.accounts IS 'Which accounts are made and taken over';
COMMENT ON COLUMN identity_provider.second_factors IS 'Values of amr and acr that say that a second factor was shown there';
COMMENT ON COLUMN identity_provider.edition IS 'Counts the changes; its entity tag';

CREATE TABLE account_identity (
  tenant_id     uuid        NOT NULL REFERENCES tenant,
  provider_id   uuid        NOT NULL,
  subject       text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  account_id    uuid        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, provider_id, subject),
  UNIQUE (tenant_id, account_id, provider_id),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES identity_provider ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, account_id) REFERENCES account ON DELETE CASCADE
);
COMMENT ON TABLE account_identity IS 'Whom an identity provider means by a subject; addresses of mail decide it only once, if at all';

CREATE TABLE sign_on (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  sign_on_id   uuid        NOT NULL,
  provider_id  uuid        NOT NULL,
  state_hash   bytea       NOT NULL CHECK (length(state_hash) = 32),
  browser_hash bytea       NOT NULL CHECK (length(browser_hash) = 32),
  return_to    text        NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, sign_on_id),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES identity_provider ON DELETE CASCADE
);
COMMENT ON TABLE sign_on IS 'Logins that wait for the answer of an identity provider; whoever brings it deletes the row';
COMMENT ON COLUMN sign_on.browser_hash IS 'Of what the browser holds in which it began';
CREATE INDEX sign_on_by_expiry ON sign_on (tenant_id, expires_at);
CREATE INDEX sign_on_by_provider ON sign_on (tenant_id, provider_id);

ALTER TABLE session ADD COLUMN provider_id uuid,
  ADD FOREIGN KEY (tenant_id, provider_id) REFERENCES identity_provider ON DELETE SET NULL (provider_id);
COMMENT ON COLUMN session.provider_id IS 'The identity provider that said who it is; null: they showed their password';
CREATE INDEX session_by_provider ON session (tenant_id, provider_id) WHERE provider_id IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['identity_provider', 'account_identity', 'sign_on'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO apg_application USING (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO apg_application', name);
    EXECUTE format('CREATE POLICY tenant_over ON %I TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over())', name);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO apg_eraser', name);
  END LOOP;
END
$$;
--rollback ALTER TABLE session DROP COLUMN provider_id; DROP TABLE sign_on; DROP TABLE account_identity; DROP TABLE identity_provider;
