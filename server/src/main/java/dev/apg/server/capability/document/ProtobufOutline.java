package dev.apg.server.capability.document;

import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at Protobuf source from afar: comments and strings end, braces match, something is defined. */
final class ProtobufOutline {
    private static final Pattern DEFINITION = Pattern.compile("\\b(?:message|enum|service|extend)\\s+[A-Za-z_.]");
    private static final Pattern SYNTAX = Pattern.compile("\\bsyntax\\s*=");

    private final String text;
    private final StringBuilder code = new StringBuilder();
    private int at;
    private int depth;

    private ProtobufOutline(String text) {
        this.text = text;
    }

    /** What was expected instead; empty if the outline is that of a definition. */
    static Optional<String> problem(String text) {
        return new ProtobufOutline(text).problem();
    }

    private Optional<String> problem() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    return Optional.of("an end to the comment that begins in line " + line());
                }
                at = end + 2;
            } else if (c == '"' || c == '\'') {
                int line = line();
                if (!skipString(c)) {
                    return Optional.of("an end to the string that begins in line " + line);
                }
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (depth < 0) {
                    return Optional.of("an opening brace for the closing one in line " + line());
                }
                code.append(c);
                at++;
            }
        }
        if (depth > 0) {
            return Optional.of("%d more closing brace(s)".formatted(depth));
        }
        return DEFINITION.matcher(code).find() || SYNTAX.matcher(code).find()
                ? Optional.empty()
                : Optional.of("Protobuf source with a message, enum, service or syntax");
    }

    private boolean skipString(char quote) {
        code.append('"');
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                at++;
                code.append('"');
                return true;
            }
        }
        return false;
    }

    private int line() {
        return 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count();
    }
}
