--liquibase formatted sql

--changeset apg:0054-audit-filters runInTransaction:false
--comment Without keeping writers waiting. What an interrupted attempt left behind is an index that nobody uses: it is made again.
DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_actor;
CREATE INDEX CONCURRENTLY audit_entry_by_actor ON audit_entry (tenant_id, actor, at, entry_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_action;
CREATE INDEX CONCURRENTLY audit_entry_by_action ON audit_entry (tenant_id, action, at, entry_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_request;
CREATE INDEX CONCURRENTLY audit_entry_by_request ON audit_entry (tenant_id, request_id, at, entry_id);
-- Byte by byte, so that a code is found together with its versions; in place of the one in the order of some language.
DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_code;
CREATE INDEX CONCURRENTLY audit_entry_by_code ON audit_entry (tenant_id, target COLLATE "C", at, entry_id);
DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_target;
--rollback CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_entry_by_target ON audit_entry (tenant_id, target, at, entry_id);
--rollback DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_code;
--rollback DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_request;
--rollback DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_action;
--rollback DROP INDEX CONCURRENTLY IF EXISTS audit_entry_by_actor;
