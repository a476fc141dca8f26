--liquibase formatted sql

--changeset apg:0031-marked-versions splitStatements:false
CREATE INDEX version_not_published ON version (tenant_id, version_id) WHERE state <> 'published';
COMMENT ON INDEX version_not_published IS 'To find the locks that may not hold any more: with the next index, without reading all versions';
CREATE INDEX capability_ending ON capability (tenant_id, capability_id) WHERE status IN ('deprecated', 'retired');
COMMENT ON INDEX capability_ending IS 'To find the locks that may not hold any more';
--rollback DROP INDEX capability_ending; DROP INDEX version_not_published;
