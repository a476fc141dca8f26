package dev.apg.server.limit;

/**
 * What is counted together: requests of one class by one client, tenant or address.
 *
 * @param id of the holder
 */
record Quota(Limit limit, String id) {
    /** With the rate: where that is changed, counting begins anew. */
    String key() {
        return "apg:rate:" + limit.name() + ":" + limit.rate().perMinute() + ":"
                + limit.rate().burst() + ":" + id;
    }
}
