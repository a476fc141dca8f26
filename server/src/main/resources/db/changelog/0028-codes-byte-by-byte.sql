--liquibase formatted sql

--changeset apg:0028-codes-byte-by-byte splitStatements:false
-- Of the column, not one more index: the order of the unique index, which every publication reads, is then the one that
-- pages, exports and guesses want, whatever the locale of the database. Rebuilds the indexes, not the tables.
ALTER TABLE capability ALTER COLUMN code TYPE text COLLATE "C";
ALTER TABLE service ALTER COLUMN code TYPE text COLLATE "C";
--rollback ALTER TABLE service ALTER COLUMN code TYPE text COLLATE "default"; ALTER TABLE capability ALTER COLUMN code TYPE text COLLATE "default";
