--liquibase formatted sql

--changeset apg:0058-session-by-end runInTransaction:false
--comment Without keeping writers waiting: what ended long ago is deleted without reading every session that the tenant has.
DROP INDEX CONCURRENTLY IF EXISTS session_by_end;
-- Not with coalesce: where rows have a policy, the planner asks an index only what it knows to tell nothing of other rows.
CREATE INDEX CONCURRENTLY session_by_end ON session (tenant_id, (CASE WHEN ended_at IS NULL THEN expires_at ELSE ended_at END));
--rollback DROP INDEX CONCURRENTLY IF EXISTS session_by_end;
