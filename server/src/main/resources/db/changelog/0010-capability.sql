--liquibase formatted sql

--changeset apg:0010-capability splitStatements:false
CREATE TABLE capability (
  tenant_id     uuid        NOT NULL REFERENCES tenant,
  capability_id uuid        NOT NULL,
  code          text        NOT NULL CHECK (code ~ '^([a-z0-9][a-z0-9._-]{0,99}/)?[a-z0-9][a-z0-9._-]{0,99}$'),
  display_name  text        NOT NULL CHECK (length(display_name) <= 200),
  description   text        NOT NULL DEFAULT '' CHECK (length(description) <= 20000),
  category      text        NOT NULL DEFAULT '' CHECK (length(category) <= 100),
  subcategory   text        NOT NULL DEFAULT '' CHECK (length(subcategory) <= 100),
  owner         text        NOT NULL DEFAULT '' CHECK (length(owner) <= 100),
  tags          text[]      NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 50),
  keywords      text[]      NOT NULL DEFAULT '{}' CHECK (cardinality(keywords) <= 50),
  status        text        NOT NULL CHECK (status IN ('discovered', 'registered', 'validated', 'active', 'deprecated', 'retired')),
  edition       bigint      NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, capability_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON COLUMN capability.edition IS 'Counts the changes of the row; its entity tag';

CREATE TABLE version (
  tenant_id      uuid        NOT NULL,
  version_id     uuid        NOT NULL,
  capability_id  uuid        NOT NULL,
  number         text        NOT NULL CHECK (length(number) <= 256),
  state          text        NOT NULL CHECK (state IN ('pending', 'published', 'deprecated', 'yanked', 'purged')),
  state_reason   text        CHECK (length(state_reason) <= 2000),
  digest         bytea       NOT NULL CHECK (length(digest) = 32),
  document       bytea,
  structure      text        COLLATE "C",
  edition        bigint      NOT NULL DEFAULT 1,
  published_at   timestamptz NOT NULL DEFAULT now(),
  published_by   text        NOT NULL,
  PRIMARY KEY (tenant_id, version_id),
  FOREIGN KEY (tenant_id, capability_id) REFERENCES capability,
  UNIQUE (tenant_id, capability_id, number),
  CHECK ((state = 'purged') = (document IS NULL)),
  CHECK ((state = 'purged') = (structure IS NULL))
);
COMMENT ON COLUMN version.number IS 'SemVer 2.0 without build metadata, which is not identity';
COMMENT ON COLUMN version.document IS 'The canonical bytes of apg.version/1: stored, never computed again';
COMMENT ON COLUMN version.structure IS 'What resolving needs of the document (provides, requirements, conflicts, cost), so that a snapshot loads without parsing documents';
ALTER TABLE version ALTER COLUMN document SET STORAGE EXTERNAL;

CREATE TABLE service (
  tenant_id   uuid        NOT NULL REFERENCES tenant,
  service_id  uuid        NOT NULL,
  code        text        NOT NULL CHECK (code ~ '^([a-z0-9][a-z0-9._-]{0,99}/)?[a-z0-9][a-z0-9._-]{0,99}$'),
  description text        NOT NULL DEFAULT '' CHECK (length(description) <= 20000),
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, service_id),
  UNIQUE (tenant_id, code)
);
COMMENT ON TABLE service IS 'Abstract needs: known once a version provides them or somebody declared them';

CREATE TABLE capability_reference (
  tenant_id     uuid NOT NULL,
  source_id     uuid NOT NULL,
  capability_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, source_id, capability_id),
  FOREIGN KEY (tenant_id, source_id) REFERENCES capability,
  FOREIGN KEY (tenant_id, capability_id) REFERENCES capability
);
CREATE INDEX capability_reference_by_target ON capability_reference (tenant_id, capability_id);
COMMENT ON TABLE capability_reference IS 'Some version of the source names the capability: a reference to nothing cannot be written';

CREATE TABLE service_reference (
  tenant_id  uuid NOT NULL,
  source_id  uuid NOT NULL,
  service_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, source_id, service_id),
  FOREIGN KEY (tenant_id, source_id) REFERENCES capability,
  FOREIGN KEY (tenant_id, service_id) REFERENCES service
);
CREATE INDEX service_reference_by_target ON service_reference (tenant_id, service_id);
COMMENT ON TABLE service_reference IS 'Some version of the source requires or provides the service';

ALTER TABLE capability ENABLE ROW LEVEL SECURITY;
ALTER TABLE capability FORCE ROW LEVEL SECURITY;
ALTER TABLE version ENABLE ROW LEVEL SECURITY;
ALTER TABLE version FORCE ROW LEVEL SECURITY;
ALTER TABLE service ENABLE ROW LEVEL SECURITY;
ALTER TABLE service FORCE ROW LEVEL SECURITY;
ALTER TABLE capability_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE capability_reference FORCE ROW LEVEL SECURITY;
ALTER TABLE service_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_reference FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON capability TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON version TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON service TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON capability_reference TO apg_application USING (tenant_id = current_tenant());
CREATE POLICY own_tenant ON service_reference TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE ON capability, version, service TO apg_application;
GRANT SELECT, INSERT ON capability_reference, service_reference TO apg_application;
--rollback DROP TABLE service_reference; DROP TABLE capability_reference; DROP TABLE service; DROP TABLE version; DROP TABLE capability;
