package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.CanonicalFormException;
import dev.apg.contract.canonical.CanonicalJson;
import dev.apg.contract.capability.Codes;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.resolver.version.VersionSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of draft operations and documents, and holds the bounds of a draft. */
final class DraftSyntax {
    /** Most entries of each list of a draft. */
    static final int MAX_ENTRIES = 1_000;

    /** Largest configuration of one capability, as JSON. */
    static final int MAX_CONFIGURATION_BYTES = 64 * 1024;

    /** Largest draft, as JSON. */
    static final int MAX_DRAFT_BYTES = 1024 * 1024;

    private static final Pattern CODE = Pattern.compile(Codes.CODE);

    private DraftSyntax() {}

    static String lower(String code) {
        return code.toLowerCase(Locale.ROOT);
    }

    /** The range as it is written out. */
    static String text(@Nullable String range) {
        return range == null ? "*" : range;
    }

    static String code(String field, String value) {
        if (!CODE.matcher(value).matches()) {
            throw new OperationRefusedException("code.malformed", field, value, "a code such as redis or acme/redis");
        }
        return lower(value);
    }

    static String range(String field, @Nullable String value) {
        try {
            return VersionRange.parse(text(value)).text();
        } catch (VersionSyntaxException malformed) {
            throw new OperationRefusedException("range.malformed", field, text(value), malformed.expected());
        }
    }

    static String version(String field, String value) {
        try {
            return SemVer.parse(value).toString();
        } catch (VersionSyntaxException malformed) {
            throw new OperationRefusedException("version.malformed", field, value, malformed.expected());
        }
    }

    static Policy policy(String field, Policy policy) {
        policy.fault().ifPresent(fault -> {
            throw new OperationRefusedException(
                    fault.code(), field + "." + fault.field(), fault.value(), fault.expected());
        });
        return policy;
    }

    static Map<String, Object> configuration(String field, @Nullable Map<String, Object> value) {
        if (value == null || value.isEmpty()) {
            return Map.of();
        }
        String json;
        try {
            json = CanonicalJson.text(WireJson.MAPPER.valueToTree(value));
        } catch (CanonicalFormException unusable) {
            throw new OperationRefusedException(
                    "configuration.malformed",
                    field,
                    unusable.pointer().isEmpty()
                            ? unusable.value()
                            : "%s at %s".formatted(unusable.value(), unusable.pointer()),
                    unusable.expected());
        }
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_CONFIGURATION_BYTES) {
            throw new OperationRefusedException(
                    "configuration.too_large",
                    field,
                    bytes + " bytes",
                    "at most " + MAX_CONFIGURATION_BYTES + " bytes");
        }
        return value;
    }

    static void requireRoom(String list, int size, boolean present) {
        if (!present && size >= MAX_ENTRIES) {
            throw new OperationRefusedException(
                    "draft.too_large", list, (size + 1) + " entries", "at most " + MAX_ENTRIES + " entries");
        }
    }
}
