package dev.apg.server.limit;

import io.github.bucket4j.BucketConfiguration;

/**
 * Attempts that are counted together.
 *
 * @param id of what is tried, and from where if that counts
 */
record Tried(Attempts.Kind kind, String id) implements Counted {
    @Override
    public String key() {
        return "apg:tried:" + kind.wire() + ":" + id;
    }

    @Override
    public BucketConfiguration bucket() {
        return kind.bucket();
    }
}
