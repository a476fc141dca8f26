--liquibase formatted sql

--changeset apg:0036-actor-kind splitStatements:false
-- Null for what was written before, and for what the previous release writes meanwhile; nothing is hashed where nothing stands.
ALTER TABLE audit_entry ADD COLUMN actor_kind text;
ALTER TABLE event ADD COLUMN actor_kind text;
COMMENT ON COLUMN audit_entry.actor_kind IS 'What acted: account, token, client, platform, or stranger for somebody who proved nothing';
COMMENT ON COLUMN event.actor_kind IS 'What acted: account, token, client, platform';
--rollback ALTER TABLE event DROP COLUMN actor_kind; ALTER TABLE audit_entry DROP COLUMN actor_kind;
