--liquibase formatted sql

--changeset apg:0021-composition-edition splitStatements:false
ALTER TABLE composition ADD COLUMN edition bigint NOT NULL DEFAULT 1;
COMMENT ON COLUMN composition.edition IS 'Counts the changes of the row; its entity tag';

CREATE INDEX composition_by_code ON composition (tenant_id, code COLLATE "C");
COMMENT ON INDEX composition_by_code IS 'Pages and prefixes, byte by byte whatever the locale of the database';
DROP INDEX composition_by_type;
CREATE INDEX composition_by_type ON composition (tenant_id, type, code COLLATE "C");
CREATE INDEX composition_by_owner ON composition (tenant_id, owner, code COLLATE "C");
--rollback DROP INDEX composition_by_owner; DROP INDEX composition_by_type; CREATE INDEX composition_by_type ON composition (tenant_id, type, code); DROP INDEX composition_by_code; ALTER TABLE composition DROP COLUMN edition;
