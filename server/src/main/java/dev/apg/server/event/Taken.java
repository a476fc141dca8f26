package dev.apg.server.event;

import dev.apg.contract.tenant.TenantState;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.web.Rejection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The row of a tenant that a write took: where the log ends with it, and what bounds it.
 *
 * @param accessSeq number of the last event before it after which somebody may do other things
 * @param state the tenant's
 */
record Taken(Cursor cursor, long accessSeq, TenantState state, List<Bound> bounds) {
    /**
     * @param what the tenant has so many of, with this write
     * @param most absent: as many as it likes
     */
    private record Bound(String what, long has, @Nullable Long most) {}

    static Taken of(ResultSet row) throws SQLException {
        return new Taken(
                new Cursor(row.getLong("epoch"), row.getLong("seq")),
                row.getLong("access_before"),
                TenantState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                List.of(
                        bound("capabilities", row),
                        bound("versions", row),
                        bound("compositions", row),
                        bound("stored_bytes", row)));
    }

    private static Bound bound(String what, ResultSet row) throws SQLException {
        return new Bound(what, row.getLong(what), row.getObject("most_" + what, Long.class));
    }

    /**
     * Of whoever runs the installation, too.
     *
     * @throws TenantGoneException if the tenant's erasure has begun meanwhile; the transaction must not be committed then
     */
    void requireThere() {
        if (state == TenantState.ERASING) {
            throw new TenantGoneException();
        }
    }

    /**
     * @param onlyTakesAccess whether it does nothing but keep somebody out: a token that leaked can be revoked until its tenant is erased
     * @throws Rejection 403 {@code tenant.inactive} or {@code quota.exceeded}; the transaction must not be committed then
     */
    void requireAllowed(Growth growth, boolean onlyTakesAccess) {
        if (state != TenantState.ACTIVE && !(state == TenantState.DELETING && onlyTakesAccess)) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "tenant.inactive",
                    "The tenant was suspended or deleted meanwhile; nothing was written.",
                    List.of());
        }
        List<Long> more = List.of(growth.capabilities(), growth.versions(), growth.compositions(), growth.bytes());
        for (int i = 0; i < more.size(); i++) {
            require(bounds.get(i), more.get(i));
        }
    }

    private static void require(Bound bound, long more) {
        Optional<Long> most = Optional.ofNullable(bound.most());
        if (more > 0 && most.isPresent() && bound.has() > most.get()) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "quota.exceeded",
                    "The tenant would have %d %s (expected: at most %d, its quota). Nothing was written; whoever runs this installation can raise it."
                            .formatted(bound.has(), bound.what().replace('_', ' '), most.get()),
                    List.of());
        }
    }
}
