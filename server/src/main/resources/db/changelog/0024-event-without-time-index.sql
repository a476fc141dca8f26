--liquibase formatted sql

--changeset apg:0024-event-without-time-index splitStatements:false
-- Retention goes by number: no query reads this index, and every write paid for it.
DROP INDEX event_by_time;
--rollback CREATE INDEX event_by_time ON event (tenant_id, at);
