package dev.apg.server.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970, as exact as PostgreSQL keeps them: 8 bytes instead of an object. */
final class Micros {
    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
