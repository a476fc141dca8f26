package dev.apg.server.limit;

import io.github.bucket4j.BucketConfiguration;

/**
 * What is counted together: requests of one class by one client, tenant or address.
 *
 * @param id of the holder
 */
record Quota(Limit limit, String id) implements Counted {
    /** With the rate: where that is changed, counting begins anew. */
    @Override
    public String key() {
        return "apg:rate:" + limit.name() + ":" + limit.rate().perMinute() + ":"
                + limit.rate().burst() + ":" + id;
    }

    @Override
    public BucketConfiguration bucket() {
        return limit.bucket();
    }
}
