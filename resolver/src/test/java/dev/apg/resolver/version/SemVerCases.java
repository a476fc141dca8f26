package dev.apg.resolver.version;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers the cases of a {@code semver-cases/1} document. */
public final class SemVerCases {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SemVerCases() {}

    /** One line of answers for a case: {@code {"case":INDEX,"answer":VALUE}}. */
    public static String answerLine(int index, JsonNode semverCase) {
        ObjectNode line = NODES.objectNode();
        line.put("case", index);
        line.set("answer", answer(semverCase));
        return JSON.writeValueAsString(line);
    }

    /** The answer to a case, in the form of its {@code expect}. */
    public static JsonNode answer(JsonNode semverCase) {
        String kind = semverCase.required("kind").stringValue();
        PrereleaseRule rule =
                semverCase.path("includePrerelease").asBoolean(false) ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
        return switch (kind) {
            case "satisfies" -> NODES.booleanNode(satisfies(semverCase, rule));
            case "compare" ->
                NODES.numberNode(Integer.signum(version(semverCase, "a").compareTo(version(semverCase, "b"))));
            case "parse" -> parts(text(semverCase, "version"));
            case "range" -> normalised(text(semverCase, "range"), rule);
            case "rangesIntersect" ->
                NODES.booleanNode(range(semverCase, "a").intersects(range(semverCase, "b"), rule));
            case "gtr" ->
                NODES.booleanNode(range(semverCase, "range").endsBefore(version(semverCase, "version"), rule));
            case "ltr" ->
                NODES.booleanNode(range(semverCase, "range").startsAfter(version(semverCase, "version"), rule));
            default -> throw new IllegalArgumentException("kind: " + kind + " (expected: a kind of semver-cases/1)");
        };
    }

    private static boolean satisfies(JsonNode semverCase, PrereleaseRule rule) {
        SemVer version = versionOrNull(text(semverCase, "version"));
        VersionRange range = rangeOrNull(text(semverCase, "range"));
        return version != null && range != null && range.admits(version, rule);
    }

    private static JsonNode normalised(String text, PrereleaseRule rule) {
        VersionRange range = rangeOrNull(text);
        return range == null ? NODES.nullNode() : NODES.stringNode(range.normalised(rule));
    }

    private static JsonNode parts(String text) {
        SemVer version = versionOrNull(text);
        if (version == null) {
            return NODES.nullNode();
        }
        ObjectNode parts = NODES.objectNode();
        parts.put("major", version.major());
        parts.put("minor", version.minor());
        parts.put("patch", version.patch());
        var prerelease = parts.putArray("prerelease");
        identifiers(version.prerelease()).forEach(identifier -> {
            if (isExactNumber(identifier)) {
                prerelease.add(Long.parseLong(identifier));
            } else {
                prerelease.add(identifier);
            }
        });
        var build = parts.putArray("build");
        identifiers(version.build()).forEach(build::add);
        return parts;
    }

    private static List<String> identifiers(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split("\\."));
    }

    /** A number that JavaScript holds exactly; npm leaves a greater one as text. */
    private static boolean isExactNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9')
                && identifier.length() <= 16
                && Long.parseLong(identifier) < SemVer.MAX_NUMBER;
    }

    private static String text(JsonNode semverCase, String field) {
        return semverCase.required(field).stringValue();
    }

    private static SemVer version(JsonNode semverCase, String field) {
        return SemVer.parseRelaxed(text(semverCase, field));
    }

    private static VersionRange range(JsonNode semverCase, String field) {
        return VersionRange.parse(text(semverCase, field));
    }

    private static @Nullable SemVer versionOrNull(String text) {
        try {
            return SemVer.parseRelaxed(text);
        } catch (VersionSyntaxException notAVersion) {
            return null;
        }
    }

    private static @Nullable VersionRange rangeOrNull(String text) {
        try {
            return VersionRange.parse(text);
        } catch (VersionSyntaxException notARange) {
            return null;
        }
    }
}
