--liquibase formatted sql

--changeset apg:0059-account-by-role runInTransaction:false
--comment Without keeping writers waiting: who has a role is asked by writes that hold locks, of tenants with very many accounts.
DROP INDEX CONCURRENTLY IF EXISTS account_by_role;
CREATE INDEX CONCURRENTLY account_by_role ON account (tenant_id, role);
--rollback DROP INDEX CONCURRENTLY IF EXISTS account_by_role;
