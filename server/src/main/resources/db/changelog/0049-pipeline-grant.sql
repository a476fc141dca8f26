--liquibase formatted sql

--changeset apg:0049-pipeline-grant splitStatements:false rollbackSplitStatements:false
ALTER TABLE team_member
  DROP CONSTRAINT team_member_member_kind_check,
  ADD CONSTRAINT team_member_member_kind_check CHECK (member_kind IN ('token', 'client', 'pipeline', 'account'));
ALTER TABLE capability_grant
  DROP CONSTRAINT capability_grant_grantee_kind_check,
  ADD CONSTRAINT capability_grant_grantee_kind_check CHECK (grantee_kind IN ('team', 'token', 'client', 'pipeline', 'account'));
ALTER TABLE composition_grant
  DROP CONSTRAINT composition_grant_grantee_kind_check,
  ADD CONSTRAINT composition_grant_grantee_kind_check CHECK (grantee_kind IN ('team', 'token', 'client', 'pipeline', 'account'));
-- What was given to a pipeline stays guarded, and is nobody's: a client that there is not.
--rollback ALTER TABLE team_member NO FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE capability_grant NO FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE composition_grant NO FORCE ROW LEVEL SECURITY;
--rollback UPDATE team_member SET member_kind = 'client' WHERE member_kind = 'pipeline';
--rollback UPDATE capability_grant SET grantee_kind = 'client' WHERE grantee_kind = 'pipeline';
--rollback UPDATE composition_grant SET grantee_kind = 'client' WHERE grantee_kind = 'pipeline';
--rollback ALTER TABLE team_member FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE capability_grant FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE composition_grant FORCE ROW LEVEL SECURITY;
--rollback ALTER TABLE team_member DROP CONSTRAINT team_member_member_kind_check, ADD CONSTRAINT team_member_member_kind_check CHECK (member_kind IN ('token', 'client', 'account'));
--rollback ALTER TABLE capability_grant DROP CONSTRAINT capability_grant_grantee_kind_check, ADD CONSTRAINT capability_grant_grantee_kind_check CHECK (grantee_kind IN ('team', 'token', 'client', 'account'));
--rollback ALTER TABLE composition_grant DROP CONSTRAINT composition_grant_grantee_kind_check, ADD CONSTRAINT composition_grant_grantee_kind_check CHECK (grantee_kind IN ('team', 'token', 'client', 'account'));
