package dev.apg.resolver.version;

import dev.apg.resolver.version.RangeComparator.Operator;
import dev.apg.resolver.version.RangeTerm.Caret;
import dev.apg.resolver.version.RangeTerm.Comparison;
import dev.apg.resolver.version.RangeTerm.Hyphen;
import dev.apg.resolver.version.RangeTerm.Partial;
import dev.apg.resolver.version.RangeTerm.Tilde;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads npm's range grammar from left to right, in time linear in the text.
 *
 * <pre>
 * range       = alternative { "||" alternative }
 * alternative = [ partial " - " partial | term { " " term } ]
 * term        = [ "^" | "~" | "~>" | "&lt;" | "&lt;=" | ">" | ">=" | "=" ] partial
 * partial     = part [ "." part [ "." part [ "-" prerelease ] ] ] [ "+" build ]
 * part        = number | "x" | "X" | "*"
 * </pre>
 *
 * Blanks may follow an operator, and a {@code v} may precede a version.
 */
final class RangeReader {
    private static final String RANGE = "an npm range such as ^1.2.0, >=1.0 <2 or 1.x || 2.x";

    private final VersionReader text;

    private RangeReader(String text) {
        this.text = new VersionReader("range", text);
        if (text.length() > VersionRange.MAX_LENGTH) {
            throw this.text.expected("at most " + VersionRange.MAX_LENGTH + " characters");
        }
    }

    /**
     * The alternatives of a range, each the list of what must hold together.
     *
     * @throws VersionSyntaxException if it is not a range
     */
    static List<List<RangeTerm>> read(String text) {
        return new RangeReader(text).alternatives();
    }

    private List<List<RangeTerm>> alternatives() {
        List<List<RangeTerm>> alternatives = new ArrayList<>();
        do {
            if (alternatives.size() == VersionRange.MAX_ALTERNATIVES) {
                throw text.expected("at most " + VersionRange.MAX_ALTERNATIVES + " alternatives");
            }
            alternatives.add(alternative());
        } while (acceptOr());
        if (!text.atEnd()) {
            throw text.expected(RANGE);
        }
        return alternatives;
    }

    private boolean acceptOr() {
        if (!atOr()) {
            return false;
        }
        text.require('|', RANGE);
        text.require('|', RANGE);
        return true;
    }

    private boolean atOr() {
        return text.peek() == '|' && text.peek(1) == '|';
    }

    private List<RangeTerm> alternative() {
        List<RangeTerm> terms = new ArrayList<>();
        text.skipBlanks();
        while (!text.atEnd() && !atOr()) {
            boolean mayBeHyphen = terms.isEmpty() && !isOperator(text.peek());
            RangeTerm term = term();
            boolean separated = text.skipBlanks();
            if (mayBeHyphen && separated && atHyphen() && term instanceof Comparison first) {
                return List.of(hyphen(first.version()));
            }
            if (!separated && !text.atEnd() && !atOr()) {
                throw text.expected("versions separated by blanks, as in >=1.0 <2");
            }
            if (term instanceof Comparison comparison) {
                requireMeaning(comparison.version());
            }
            terms.add(term);
        }
        return terms;
    }

    private boolean atHyphen() {
        return text.peek() == '-' && VersionReader.isBlank(text.peek(1));
    }

    private Hyphen hyphen(Partial low) {
        text.require('-', RANGE);
        text.skipBlanks();
        Partial high = partial();
        text.skipBlanks();
        if (!text.atEnd() && !atOr()) {
            throw text.expected("nothing but || after 1.0 - 2.0");
        }
        return new Hyphen(requireSuccessor(low), requireSuccessor(high));
    }

    private static boolean isOperator(char c) {
        return c == '<' || c == '>' || c == '=' || c == '^' || c == '~';
    }

    private RangeTerm term() {
        if (text.accept('^')) {
            return new Caret(requireSuccessor(operand()));
        }
        if (text.accept('~')) {
            text.skipBlanks();
            text.accept('>');
            return new Tilde(requireSuccessor(operand()));
        }
        return new Comparison(operator(), operatorFree());
    }

    /** A number after a wildcard is an error here, though npm ignores it after ^ and ~ and around a hyphen. */
    private void requireMeaning(Partial version) {
        if (version.hasNumberAfterWildcard()) {
            throw text.expected("no number after a wildcard");
        }
        if (!version.isFull()) {
            requireSuccessor(version);
        }
    }

    private Operator operator() {
        if (text.accept('<')) {
            return acceptEqualSign() ? Operator.LESS_OR_EQUAL : Operator.LESS;
        }
        if (text.accept('>')) {
            return acceptEqualSign() ? Operator.GREATER_OR_EQUAL : Operator.GREATER;
        }
        acceptEqualSign();
        return Operator.EQUAL;
    }

    private boolean acceptEqualSign() {
        text.skipBlanks();
        return text.accept('=');
    }

    /** What ^ and ~ stand before: npm lets an equals sign in between. */
    private Partial operand() {
        acceptEqualSign();
        return operatorFree();
    }

    private Partial operatorFree() {
        text.skipBlanks();
        return partial();
    }

    private Partial partial() {
        text.accept('v');
        long major = part();
        long minor = text.accept('.') ? part() : Partial.ANY;
        boolean hasPatch = text.peek() == '.';
        long patch = text.accept('.') ? part() : Partial.ANY;
        String prerelease = hasPatch && text.accept('-') ? text.identifiers(true, RANGE) : "";
        if (text.accept('+')) {
            text.identifiers(false, RANGE);
        }
        if (prerelease.length() > SemVer.MAX_LENGTH) {
            throw text.expected("versions of at most " + SemVer.MAX_LENGTH + " characters");
        }
        return new Partial(major, minor, patch, prerelease);
    }

    private long part() {
        return text.accept('x') || text.accept('X') || text.accept('*') ? Partial.ANY : text.number(RANGE);
    }

    /** What ends before "the next" number needs a number that has a next one. */
    private Partial requireSuccessor(Partial version) {
        if (version.hasNumber(SemVer.MAX_NUMBER)) {
            throw text.expected("numbers below " + SemVer.MAX_NUMBER);
        }
        return version;
    }
}
