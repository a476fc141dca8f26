package dev.apg.server.composition.bundle;

import java.util.List;

/**
 * What is known of a bundle before it is rendered.
 *
 * @param problems errors: while there is one, {@link BundleRenderer#render} refuses
 * @param notes warnings: the bundle will carry them in its README
 */
public record BundleReport(List<BundleProblem> problems, List<BundleNote> notes) {
    public BundleReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
