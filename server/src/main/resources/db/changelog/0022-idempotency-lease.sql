--liquibase formatted sql

--changeset apg:0022-idempotency-lease splitStatements:false
--validCheckSum: 9:6997fc5011d0bb984270154a75307a39
-- TRUNCATE, not DELETE: the owner sees no rows of a table with a forced policy, so it would delete none. The checksum is
-- that of this change as it was when it deleted. The defaults let the previous release, which does not know the columns,
-- go on writing keys.
TRUNCATE idempotency_key;
ALTER TABLE idempotency_key
  ALTER COLUMN request_hash DROP NOT NULL,
  ADD COLUMN request_length bigint      CHECK (request_length >= 0),
  ADD COLUMN request_id     text        NOT NULL DEFAULT '',
  ADD COLUMN claimed_at_seq bigint      NOT NULL DEFAULT 0,
  ADD COLUMN leased_until   timestamptz NOT NULL DEFAULT now() + interval '5 minutes',
  ADD CONSTRAINT idempotency_key_answered
    CHECK (status IS NULL OR (request_hash IS NOT NULL AND request_length IS NOT NULL AND headers IS NOT NULL));
COMMENT ON COLUMN idempotency_key.request_id IS 'Of the request that is being carried out; its events tell whether it was';
COMMENT ON COLUMN idempotency_key.claimed_at_seq IS 'Where the tenant''s log ended when the request came';
COMMENT ON COLUMN idempotency_key.leased_until IS 'Until then the request is believed to be under way';
--rollback TRUNCATE idempotency_key;
--rollback ALTER TABLE idempotency_key DROP CONSTRAINT idempotency_key_answered, DROP COLUMN leased_until, DROP COLUMN claimed_at_seq, DROP COLUMN request_id, DROP COLUMN request_length, ALTER COLUMN request_hash SET NOT NULL;
