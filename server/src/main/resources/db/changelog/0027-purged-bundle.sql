--liquibase formatted sql

--changeset apg:0027-purged-bundle splitStatements:false
ALTER TABLE revision ALTER COLUMN bundle DROP NOT NULL;
ALTER TABLE revision
  ADD COLUMN bundle_purged_at   timestamptz,
  ADD COLUMN bundle_purged_with text,
  ADD COLUMN bundle_purged_why  text,
  ADD CONSTRAINT revision_bundle_or_purged CHECK ((bundle IS NULL) = (bundle_purged_at IS NOT NULL));
COMMENT ON COLUMN revision.bundle IS 'Served exactly as stored; gone when a version whose content it held was purged';
COMMENT ON COLUMN revision.bundle_purged_with IS 'The version that was purged, as code@number';
COMMENT ON COLUMN revision.bundle_purged_why IS 'The reason that was given for purging it';

-- The only change that a revision can see, whatever the application does.
CREATE POLICY only_purging ON revision AS RESTRICTIVE FOR UPDATE TO apg_application USING (true) WITH CHECK (bundle IS NULL);
GRANT UPDATE (bundle, report, bundle_purged_at, bundle_purged_with, bundle_purged_why) ON revision TO apg_application;
-- A purged bundle cannot come back; an empty one takes its place, because the previous release knows no other.
--rollback REVOKE UPDATE (bundle, report, bundle_purged_at, bundle_purged_with, bundle_purged_why) ON revision FROM apg_application;
--rollback DROP POLICY only_purging ON revision;
--rollback ALTER TABLE revision NO FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE revision DROP CONSTRAINT revision_bundle_or_purged;
--rollback UPDATE revision SET bundle = '' WHERE bundle IS NULL;
--rollback ALTER TABLE revision FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE revision ALTER COLUMN bundle SET NOT NULL, DROP COLUMN bundle_purged_at, DROP COLUMN bundle_purged_with, DROP COLUMN bundle_purged_why;
