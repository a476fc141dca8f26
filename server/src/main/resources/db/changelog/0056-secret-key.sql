--liquibase formatted sql

--changeset apg:0056-secret-key splitStatements:false rollbackSplitStatements:false
-- Made of the secret by the database, so that the previous release, which does not know them, goes on writing.
DO $$
DECLARE
  secret record;
BEGIN
  FOR secret IN SELECT * FROM (VALUES ('signing_key', 'private_key'), ('second_factor', 'secret'),
                                      ('identity_provider', 'client_secret'), ('mail', 'content')) AS s (relation, name)
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN encryption_key text
                      GENERATED ALWAYS AS (encode(substring(%I FROM 2 FOR 8), ''hex'')) STORED', secret.relation, secret.name);
    EXECUTE format('COMMENT ON COLUMN %I.encryption_key IS %L', secret.relation,
                   'The id of the key of ENCRYPTION_KEY that ' || secret.name || ' is encrypted with');
    EXECUTE format('CREATE POLICY every_key ON %I FOR SELECT TO apg_platform USING (true)', secret.relation);
    EXECUTE format('GRANT SELECT (tenant_id, encryption_key) ON %I TO apg_platform', secret.relation);
  END LOOP;
END
$$;
--rollback DO $$ DECLARE name text; BEGIN FOREACH name IN ARRAY ARRAY['signing_key', 'second_factor', 'identity_provider', 'mail'] LOOP EXECUTE format('DROP POLICY every_key ON %I', name); EXECUTE format('REVOKE SELECT (tenant_id, encryption_key) ON %I FROM apg_platform', name); EXECUTE format('ALTER TABLE %I DROP COLUMN encryption_key', name); END LOOP; END $$;
