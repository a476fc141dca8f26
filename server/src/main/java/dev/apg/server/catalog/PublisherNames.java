package dev.apg.server.catalog;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The codes that have a publisher, by the name behind it: immutable, changed copies share what did not change. */
final class PublisherNames {
    private final SortedChunks<String> codes;

    private PublisherNames(SortedChunks<String> codes) {
        this.codes = codes;
    }

    /** Those of the codes that have a publisher. */
    static PublisherNames of(Stream<String> codes) {
        return new PublisherNames(SortedChunks.of(
                PublisherNames::key,
                codes.filter(PublisherNames::hasPublisher)
                        .map(code -> Map.entry(key(code), code))
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList()));
    }

    /** With more of them; those that are there already cost a look-up each. */
    PublisherNames with(Collection<String> more) {
        SortedMap<String, String> added = new TreeMap<>();
        for (String code : more) {
            if (hasPublisher(code) && codes.get(key(code)) == null) {
                added.put(key(code), code);
            }
        }
        return added.isEmpty() ? this : new PublisherNames(codes.with(added));
    }

    /** The codes with this name, ascending by publisher. O(log n) up to the first. */
    Stream<String> named(String name) {
        String beginning = name + "/";
        Iterator<String> from = codes.iterator(beginning);
        Iterable<String> rest = () -> from;
        return StreamSupport.stream(rest.spliterator(), false)
                .takeWhile(code -> key(code).startsWith(beginning));
    }

    private static boolean hasPublisher(String code) {
        return code.indexOf('/') >= 0;
    }

    /** Name first; a name has no slash, so that no other name's codes stand between. */
    private static String key(String code) {
        int slash = code.indexOf('/');
        return code.substring(slash + 1) + "/" + code.substring(0, slash);
    }
}
