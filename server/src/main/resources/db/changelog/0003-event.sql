--liquibase formatted sql

--changeset apg:0003-event splitStatements:false
CREATE TABLE event (
  tenant_id    uuid        NOT NULL REFERENCES tenant,
  seq          bigint      NOT NULL CHECK (seq > 0),
  epoch        bigint      NOT NULL CHECK (epoch > 0),
  type         text        NOT NULL CHECK (type ~ '^[a-z_]+\.[a-z_]+$'),
  subject_kind text        NOT NULL,
  subject_id   uuid        NOT NULL,
  subject_code text        NOT NULL,
  data         jsonb       NOT NULL,
  actor        text        NOT NULL,
  at           timestamptz NOT NULL DEFAULT now(),
  request_id   text        NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
COMMENT ON TABLE event IS 'Committed facts; seq is gap-free per tenant; old ones are deleted after the retention';
CREATE INDEX event_by_time ON event (tenant_id, at);

ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON event TO apg_application USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, DELETE ON event TO apg_application;
--rollback DROP TABLE event;
