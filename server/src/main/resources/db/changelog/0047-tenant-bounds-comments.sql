--liquibase formatted sql

--changeset apg:0047-tenant-bounds-comments
COMMENT ON COLUMN tenant_cursor.edition IS 'Counts the changes of the state and the quotas';
COMMENT ON COLUMN tenant_cursor.stored_bytes IS 'Of documents, bundles and descriptions of services; what was purged counts until the next daily count';
--rollback COMMENT ON COLUMN tenant_cursor.edition IS 'Counts the changes of the quotas; their entity tag';
--rollback COMMENT ON COLUMN tenant_cursor.stored_bytes IS 'Of documents and bundles; what was purged counts until the next daily count';
