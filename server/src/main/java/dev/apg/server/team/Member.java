package dev.apg.server.team;

import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.web.Rejection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Somebody who belongs to a tenant; ids of different kinds are different, too. */
public record Member(ActorKind kind, UUID id) {
    private static final Pattern TEXT =
            Pattern.compile("(token|client|pipeline|account):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Reads {@code client:0197c2f4-…}; empty for any other text. */
    public static Optional<Member> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Member(
                        ActorKind.valueOf(match.group(1).toUpperCase(Locale.ROOT)), UUID.fromString(match.group(2))))
                : Optional.empty();
    }

    /**
     * Whom a caller means, which may be themselves.
     *
     * @throws Rejection 404 {@code member.not_found}: whatever does not look like one is none
     */
    static Member named(Actor by, String text) {
        return text.equals("me") ? new Member(by.kind(), by.id()) : parse(text).orElseThrow(() -> unknown(text));
    }

    static Rejection unknown(String text) {
        return Rejection.notFound(
                "member", text, "token:ID, client:ID, pipeline:ID or account:ID of somebody who is there, or me");
    }

    @Override
    public String toString() {
        return kind.wire() + ":" + id;
    }
}
