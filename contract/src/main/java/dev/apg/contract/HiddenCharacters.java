package dev.apg.contract;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Characters that nobody sees and that change what is seen, or make two texts look alike: controls, those that turn the
 * direction of writing, those that take no room. The one place that says which they are.
 *
 * <p>Some of them are letters' own business and stay where they do something: joiners between letters of the scripts that
 * join (Persian and those of India cannot be written without them) and in emoji, variation selectors behind what they vary,
 * and the tags of flags, up to six and closed.
 */
public final class HiddenCharacters {
    private static final int NONE = -1;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int KEYCAP = 0x20E3;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int CANCEL_TAG = 0xE007F;

    /** Behind a flag, the one that closes them left out: {@code gbeng} has five. */
    private static final int MOST_TAGS = 6;

    /** Below it are Latin letters and the marks on them. */
    private static final int FIRST_GREEK = 0x370;

    private static final int FIRST_NOT_ASCII = 0x80;

    /** Fillers and the like, which Unicode does not count among the format characters. */
    private static final Set<Integer> FILLERS =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2065, 0x3164, 0xFFA0);

    /** In which a joiner does nothing. */
    private static final Set<UnicodeScript> NOT_JOINING = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL);

    /** The same as a pattern, as far as one can tell it that both Java and JSON Schema read: no character beyond U+FFFF. */
    private static final String OF_LINES = "\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E"
            + "\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB";

    /** What a text of several lines consists of, as a regular expression: a little more than is accepted. */
    public static final String LINES_PATTERN = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F" + OF_LINES + "]*$";

    /** The same of a text of one line. */
    public static final String LINE_PATTERN = "^[^\\u0000-\\u001F\\u2028\\u2029" + OF_LINES + "]*$";

    private HiddenCharacters() {}

    /** The first one in the text; empty if there is none. */
    public static OptionalInt firstIn(String text, boolean lines) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (isHiddenAt(text, i) && !(lines && isLayoutAt(text, i))) {
                return OptionalInt.of(text.codePointAt(i));
            }
        }
        return OptionalInt.empty();
    }

    /** How people call a character: {@code U+202E}. */
    public static String name(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }

    /** Whether there is nothing to be seen in the text, blanks of all kinds being nothing. */
    public static boolean isBlank(String text) {
        return text.codePoints().noneMatch(HiddenCharacters::isSeen);
    }

    /** Whether what stands at an index is hidden, seen with what stands beside it. Line ends are. */
    public static boolean isHiddenAt(String text, int index) {
        int character = text.codePointAt(index);
        int before = index == 0 ? NONE : text.codePointBefore(index);
        if (character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER) {
            int next = index + Character.charCount(character);
            return !joins(before, next < text.length() ? text.codePointAt(next) : NONE);
        }
        if (isSelector(character)) {
            int next = index + Character.charCount(character);
            boolean keycap = next < text.length() && text.codePointAt(next) == KEYCAP;
            return !isSeen(before) || before < FIRST_NOT_ASCII && !keycap;
        }
        return isTag(character) ? !isOfFlag(text, index) : isHidden(character);
    }

    /** Line ends and tabs; a lone carriage return would let the end of a line hide its beginning. */
    private static boolean isLayoutAt(String text, int index) {
        return switch (text.charAt(index)) {
            case '\n', '\t', '\u2028', '\u2029' -> true;
            case '\r' -> index + 1 < text.length() && text.charAt(index + 1) == '\n';
            default -> false;
        };
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> !isSign(character);
            default ->
                FILLERS.contains(character)
                        || character >= 0xFFF0 && character <= 0xFFF8
                        || character >= 0xE0000 && character <= 0xE0FFF && !isSelector(character);
        };
    }

    /** Format characters that are seen: signs that enclose numbers, and how hieroglyphs are put together. */
    private static boolean isSign(int character) {
        return character >= 0x0600 && character <= 0x0605
                || character == 0x06DD
                || character == 0x070F
                || character == 0x0890
                || character == 0x0891
                || character == 0x08E2
                || character == 0x110BD
                || character == 0x110CD
                || character >= 0x13430 && character <= 0x1345F;
    }

    private static boolean isSeen(int character) {
        return character != NONE
                && !Character.isSpaceChar(character)
                && character != 0x2800
                && !isSelector(character)
                && !isHidden(character);
    }

    /** Whether a joiner between them changes how they are written. */
    private static boolean joins(int before, int next) {
        if (before == NONE) {
            return false;
        }
        if (isSelector(before) || Character.isEmojiModifier(before) || Character.isExtendedPictographic(before)) {
            return next != NONE && Character.isExtendedPictographic(next);
        }
        // Behind a virama there is a form of its own for the end of a word.
        return isOfJoiningScript(before) && (isMark(before) || next != NONE && isOfJoiningScript(next));
    }

    private static boolean isOfJoiningScript(int character) {
        return (Character.isLetter(character) || isMark(character))
                && character >= FIRST_GREEK
                && !NOT_JOINING.contains(UnicodeScript.of(character));
    }

    private static boolean isMark(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    /** Whether the tag at an index belongs to a black flag, with few others, of which the last closes them. */
    private static boolean isOfFlag(String text, int index) {
        int first = index;
        int tags = 0;
        while (first > 0 && isTag(text.codePointBefore(first)) && tags <= MOST_TAGS) {
            first -= 2;
            tags++;
        }
        if (first == 0 || text.codePointBefore(first) != BLACK_FLAG) {
            return false;
        }
        int at = first;
        for (tags = 0; at < text.length() && isTag(text.codePointAt(at)); tags++) {
            if (text.codePointAt(at) == CANCEL_TAG) {
                return tags > 0 && index <= at;
            }
            if (tags == MOST_TAGS) {
                return false;
            }
            at += 2;
        }
        return false;
    }

    private static boolean isSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F
                || character >= 0xE0100 && character <= 0xE01EF
                || character >= 0x180B && character <= 0x180D
                || character == 0x180F;
    }

    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }
}
