--liquibase formatted sql

--changeset apg:0001-roles splitStatements:false
--comment The server's transactions run as apg_application, which owns nothing and cannot bypass row-level security; apg_feed sees tenant ids and cursors only.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'apg_application') THEN
    CREATE ROLE apg_application NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'apg_feed') THEN
    CREATE ROLE apg_feed NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO apg_application, apg_feed', current_schema());
END
$$;
--rollback SELECT 1; -- roles belong to the cluster and may serve other databases: they stay
