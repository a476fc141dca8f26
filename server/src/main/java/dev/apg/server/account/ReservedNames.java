package dev.apg.server.account;

import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Names by which the system itself acts; nobody else may look like it in the audit log. */
public final class ReservedNames {
    /** How the tenant's first entries are signed. */
    static final String SYSTEM = "apg";

    /** How the token of the first start in development is. */
    static final String FIRST_START = "first start";

    private static final Set<String> TAKEN =
            Set.of(plain(SYSTEM), plain(FIRST_START), plain(Caller.UNPROVEN), "platform", "system", "nobody");

    private ReservedNames() {}

    /** @throws Rejection 422 {@code name.reserved} */
    public static void refuse(String field, String name) {
        if (isTaken(name)) {
            throw Rejection.invalid("name.reserved", field, name, "a name that the system does not go by itself");
        }
    }

    static boolean isTaken(String name) {
        return TAKEN.contains(plain(name));
    }

    /** As it looks at a glance: without case, marks, spaces and punctuation, wide letters as narrow ones. */
    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
