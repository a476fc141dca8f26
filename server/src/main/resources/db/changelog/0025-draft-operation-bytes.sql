--liquibase formatted sql

--changeset apg:0025-draft-operation-bytes splitStatements:false
-- Computed by the database, so that the previous release, which does not know it, goes on writing operations.
ALTER TABLE draft_operation
  ADD COLUMN bytes integer NOT NULL GENERATED ALWAYS AS (octet_length(operation::text)) STORED;
COMMENT ON COLUMN draft_operation.bytes IS 'Length of the operation as text, so that a page can end before it is too large';
--rollback ALTER TABLE draft_operation DROP COLUMN bytes;
