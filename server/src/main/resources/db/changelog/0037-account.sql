--liquibase formatted sql

--changeset apg:0037-account splitStatements:false
CREATE TABLE account (
  tenant_id           uuid        NOT NULL REFERENCES tenant,
  account_id          uuid        NOT NULL,
  email               text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254 AND email = lower(email)),
  name                text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role                text        NOT NULL,
  disabled_at         timestamptz,
  email_verified_at   timestamptz,
  password_hash       text,
  created_at          timestamptz NOT NULL DEFAULT now(),
  last_login_at       timestamptz,
  edition             bigint      NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, account_id),
  UNIQUE (tenant_id, email)
);
COMMENT ON TABLE account IS 'People of a tenant; one without a password was invited and has not come in yet';
COMMENT ON COLUMN account.password_hash IS 'Argon2id with its parameters and salt';
COMMENT ON COLUMN account.edition IS 'Counts the changes; its entity tag';

CREATE TABLE account_link (
  tenant_id   uuid        NOT NULL REFERENCES tenant,
  link_id     uuid        NOT NULL,
  account_id  uuid        NOT NULL,
  purpose     text        NOT NULL,
  secret_hash bytea       NOT NULL CHECK (length(secret_hash) = 32),
  mailed      boolean     NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, link_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account ON DELETE CASCADE
);
COMMENT ON TABLE account_link IS 'What somebody may do once with a token that they were given; whoever uses it deletes the row';
COMMENT ON COLUMN account_link.mailed IS 'Whether it went to the address of the account: then whoever uses it shows that mail arrives there';
CREATE INDEX account_link_by_account ON account_link (tenant_id, account_id, purpose);

CREATE TABLE session (
  tenant_id     uuid        NOT NULL REFERENCES tenant,
  session_id    uuid        NOT NULL,
  account_id    uuid        NOT NULL,
  secret_hash   bytea       NOT NULL CHECK (length(secret_hash) = 32),
  previous_hash bytea       CHECK (length(previous_hash) = 32),
  rotated_at    timestamptz NOT NULL DEFAULT now(),
  confirmed_at  timestamptz,
  address       text        NOT NULL,
  place         text        NOT NULL,
  user_agent    text        CHECK (length(user_agent) <= 200),
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  ended_at      timestamptz,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES account ON DELETE CASCADE
);
COMMENT ON TABLE session IS 'Browsers in which people are logged in; ended ones are kept for a while, as they tell from where somebody has come in before';
COMMENT ON COLUMN session.place IS 'The address, or of an IPv6 address its network';
COMMENT ON COLUMN session.previous_hash IS 'Of the secret before the last rotation, which is good until the new one was seen, and for some seconds more';
COMMENT ON COLUMN session.confirmed_at IS 'When the secret of the last rotation was first seen';
COMMENT ON COLUMN session.last_seen_at IS 'To the minute: written by a job, not by the request';
CREATE INDEX session_by_account ON session (tenant_id, account_id, session_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['account', 'account_link', 'session'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO apg_application USING (tenant_id = current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO apg_application', name);
    EXECUTE format('CREATE POLICY tenant_over ON %I TO apg_eraser USING (tenant_id = current_tenant() AND tenant_is_over())', name);
    EXECUTE format('GRANT SELECT, DELETE ON %I TO apg_eraser', name);
  END LOOP;
END
$$;
--rollback DROP TABLE session; DROP TABLE account_link; DROP TABLE account;
