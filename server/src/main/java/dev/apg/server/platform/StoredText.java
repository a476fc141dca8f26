package dev.apg.server.platform;

/** What the database can keep. */
public final class StoredText {
    private StoredText() {}

    /** Whether it is read back as it was written: not with NUL, and halves of surrogate pairs all become the same. */
    public static boolean isFit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                return false;
            }
            if (pair) {
                i++;
            }
        }
        return true;
    }
}
