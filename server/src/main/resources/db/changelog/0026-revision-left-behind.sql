--liquibase formatted sql

--changeset apg:0026-revision-left-behind splitStatements:false
-- With a default, so that the previous release, which does not know it, goes on freezing.
ALTER TABLE revision ADD COLUMN left_behind jsonb NOT NULL DEFAULT '{}'
  CHECK (jsonb_typeof(left_behind) = 'object');
COMMENT ON COLUMN revision.left_behind IS
  'Versions of the revision before that are not in this one (code@version), each with how it stood when this one was frozen (yanked: loses data); empty text: published';
--rollback ALTER TABLE revision DROP COLUMN left_behind;
