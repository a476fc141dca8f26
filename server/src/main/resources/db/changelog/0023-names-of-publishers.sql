--liquibase formatted sql

--changeset apg:0023-names-of-publishers splitStatements:false
CREATE INDEX capability_by_name ON capability (tenant_id, split_part(code, '/', 2)) WHERE code LIKE '%/%';
COMMENT ON INDEX capability_by_name IS 'To guess publisher/name where only the name, or another publisher, was written';
CREATE INDEX service_by_name ON service (tenant_id, split_part(code, '/', 2)) WHERE code LIKE '%/%';
COMMENT ON INDEX service_by_name IS 'To guess publisher/name where only the name, or another publisher, was written';
--rollback DROP INDEX service_by_name; DROP INDEX capability_by_name;
