package dev.apg.server.capability.document;

import java.util.regex.Pattern;

/** The spelling of a container image: {@code registry.example:5000/shop/cart:v1@sha256:…}. */
final class ImageReference {
    private static final String HOST_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*+(?<!-))?+";
    private static final String HOST = HOST_PART + "(?:\\." + HOST_PART + ")*+(?::[0-9]{1,5}+)?+";
    private static final String PATH_PART = "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+";
    private static final Pattern NAME = Pattern.compile("(?:" + HOST + "/)?" + PATH_PART + "(?:/" + PATH_PART + ")*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private ImageReference() {}

    /** How exactly a reference names an image. */
    enum Pinning {
        /** By a digest: these bytes for ever. */
        DIGEST,
        /** By a tag, which somebody may move. */
        TAG,
        /** Not a reference, or one without tag and digest. */
        MALFORMED
    }

    static Pinning read(String text) {
        String name = text;
        boolean pinned = false;
        int at = name.indexOf('@');
        if (at >= 0) {
            if (!DIGEST.matcher(name.substring(at + 1)).matches()) {
                return Pinning.MALFORMED;
            }
            pinned = true;
            name = name.substring(0, at);
        }
        boolean tagged = false;
        int colon = name.lastIndexOf(':');
        if (colon > name.lastIndexOf('/')) {
            if (!TAG.matcher(name.substring(colon + 1)).matches()) {
                return Pinning.MALFORMED;
            }
            tagged = true;
            name = name.substring(0, colon);
        }
        if (!NAME.matcher(name).matches()) {
            return Pinning.MALFORMED;
        }
        return pinned ? Pinning.DIGEST : tagged ? Pinning.TAG : Pinning.MALFORMED;
    }
}
