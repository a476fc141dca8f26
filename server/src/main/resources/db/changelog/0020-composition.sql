--liquibase formatted sql

--changeset apg:0020-composition splitStatements:false
CREATE TABLE composition (
  tenant_id      uuid        NOT NULL REFERENCES tenant,
  composition_id uuid        NOT NULL,
  code           text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  display_name   text        NOT NULL CHECK (length(display_name) <= 200),
  description    text        NOT NULL DEFAULT '' CHECK (length(description) <= 20000),
  type           text        NOT NULL CHECK (type IN ('enterprise', 'industry_vertical', 'departmental', 'microservice', 'hybrid', 'custom')),
  owner          text        NOT NULL DEFAULT '' CHECK (length(owner) <= 100),
  draft          jsonb       NOT NULL,
  draft_number   bigint      NOT NULL DEFAULT 0 CHECK (draft_number >= 0),
  head           integer     CHECK (head > 0),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, composition_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON COLUMN composition.draft IS 'The result of draft operations 1 to draft_number';
COMMENT ON COLUMN composition.head IS 'The newest revision';
CREATE INDEX composition_by_type ON composition (tenant_id, type, code);

CREATE TABLE draft_operation (
  tenant_id      uuid        NOT NULL,
  composition_id uuid        NOT NULL,
  number         bigint      NOT NULL CHECK (number > 0),
  operation      jsonb       NOT NULL,
  actor          text        NOT NULL,
  at             timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, composition_id, number),
  FOREIGN KEY (tenant_id, composition_id) REFERENCES composition ON DELETE CASCADE
);
COMMENT ON TABLE draft_operation IS 'The ordered changes of a draft, numbered by the server';

CREATE TABLE revision (
  tenant_id      uuid        NOT NULL,
  composition_id uuid        NOT NULL,
  number         integer     NOT NULL CHECK (number > 0),
  message        text        NOT NULL DEFAULT '' CHECK (length(message) <= 2000),
  draft          jsonb       NOT NULL,
  draft_number   bigint      NOT NULL,
  lock           bytea       NOT NULL,
  lock_digest    bytea       NOT NULL CHECK (length(lock_digest) = 32),
  report         jsonb       NOT NULL,
  bundle         bytea       NOT NULL,
  bundle_digest  bytea       NOT NULL CHECK (length(bundle_digest) = 32),
  frozen_at      timestamptz NOT NULL,
  frozen_by      text        NOT NULL,
  PRIMARY KEY (tenant_id, composition_id, number),
  FOREIGN KEY (tenant_id, composition_id) REFERENCES composition
);
COMMENT ON TABLE revision IS 'Immutable freezes of a draft; lock and bundle are served exactly as stored';
ALTER TABLE revision ALTER COLUMN bundle SET STORAGE EXTERNAL;

CREATE TABLE revision_entry (
  tenant_id      uuid    NOT NULL,
  composition_id uuid    NOT NULL,
  number         integer NOT NULL,
  version_id     uuid    NOT NULL,
  PRIMARY KEY (tenant_id, composition_id, number, version_id),
  FOREIGN KEY (tenant_id, composition_id, number) REFERENCES revision,
  FOREIGN KEY (tenant_id, version_id) REFERENCES version
);
CREATE INDEX revision_entry_by_version ON revision_entry (tenant_id, version_id);
COMMENT ON TABLE revision_entry IS 'Which versions a lock names, so that a purge can say which locks it touches';

ALTER TABLE composition ENABLE ROW LEVEL SECURITY;
ALTER TABLE composition FORCE ROW LEVEL SECURITY;
ALTER TABLE draft_operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_operation FORCE ROW LEVEL SECURITY;
ALTER TABLE revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE revision FORCE ROW LEVEL SECURITY;
ALTER TABLE revision_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE revision_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON composition TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON draft_operation TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON revision TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON revision_entry TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON composition TO apg_application;
GRANT SELECT, INSERT, DELETE ON draft_operation TO apg_application;
GRANT SELECT, INSERT ON revision, revision_entry TO apg_application;
--rollback DROP TABLE revision_entry; DROP TABLE revision; DROP TABLE draft_operation; DROP TABLE composition;
