package dev.apg.server.limit;

import io.github.bucket4j.BucketConfiguration;

/** What has a bucket of its own; equal ones share it. */
sealed interface Counted permits Quota, Tried {
    /** The same on every node. */
    String key();

    BucketConfiguration bucket();
}
