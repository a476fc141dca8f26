package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import java.util.Optional;

/** {@code CODE} or {@code CODE@VERSION}, as people write it; also {@code COMPOSITION@REVISION}. */
record Named(String code, Optional<String> version) {
    /** With a version. */
    static Named version(String text) {
        Named named = parse(text);
        if (named.version().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s (expected: CAPABILITY@VERSION, such as redis-cart@7.2.5)".formatted(text));
        }
        return named.wellFormed();
    }

    /** With or without a version. */
    static Named capability(String text) {
        return parse(text).wellFormed();
    }

    /** A number that no version can have is wrong usage, whichever request would have carried it. */
    private Named wellFormed() {
        version.ifPresent(number -> {
            try {
                SemVer.parse(number);
            } catch (VersionSyntaxException malformed) {
                throw new CommandFailure(
                        ExitCode.USAGE, "%s@%s (expected: %s)".formatted(code, number, malformed.expected()));
            }
        });
        return this;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return version.map(number -> code + "@" + number).orElse(code);
    }

    static Named parse(String text) {
        int at = text.indexOf('@');
        if (at == 0 || at == text.length() - 1 || text.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "%s (expected: CODE or CODE@VERSION)".formatted(text));
        }
        return at < 0
                ? new Named(text, Optional.empty())
                : new Named(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }
}
