package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One pigeon more than holes: easily said, and not to be found out in any number of steps that somebody waits for. */
public final class Pigeons {
    private static final int HOLES = 14;

    private Pigeons() {}

    /** The documents of version 1 of {@code loft}, which cannot be had, and of all that it needs. */
    public static List<String> documents() {
        List<String> documents = new ArrayList<>();
        for (int pigeon = 0; pigeon <= HOLES; pigeon++) {
            String number = pigeon + ".0.0";
            IntStream.range(0, HOLES).forEach(hole -> documents.add(document("hole-" + hole, number)));
            String holes = IntStream.range(0, HOLES)
                    .mapToObj(hole -> "{\"capability\": \"hole-%d\", \"range\": \"=%s\"}".formatted(hole, number))
                    .collect(Collectors.joining(", "));
            documents.add(
                    document("pigeon-" + pigeon, "1.0.0", "\"requirements\": [{\"any_of\": [%s]}]".formatted(holes)));
        }
        String all = IntStream.rangeClosed(0, HOLES)
                .mapToObj("{\"capability\": \"pigeon-%d\"}"::formatted)
                .collect(Collectors.joining(", "));
        documents.add(document("loft", "1.0.0", "\"requirements\": [%s]".formatted(all)));
        return documents;
    }
}
