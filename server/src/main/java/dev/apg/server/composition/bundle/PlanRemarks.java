package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.VersionDocument;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems and notes of one planning. */
final class PlanRemarks {
    private static final int SHOWN = 100;

    private final List<BundleProblem> problems = new ArrayList<>();
    private final List<BundleNote> notes = new ArrayList<>();

    void problem(String code, String capability, String field, Object value, String expected) {
        problems.add(
                new BundleProblem("bundle." + code, capability, field, shorten(String.valueOf(value)), expected, null));
    }

    /** A requirement that is met by nothing that runs. */
    void unmet(VersionDocument document, String field, String requirement, String expected) {
        problems.add(new BundleProblem(
                "bundle.provider_absent",
                Wiring.code(document.capability()),
                field,
                shorten(requirement),
                expected,
                requirement));
    }

    void problem(String code, VersionDocument document, String field, Object value, String expected) {
        problem(code, Wiring.code(document.capability()), field, value, expected);
    }

    void note(BundleNote.Kind kind, String capability, String text) {
        notes.add(new BundleNote(kind, capability, text));
    }

    List<BundleProblem> problems() {
        return List.copyOf(problems);
    }

    List<BundleNote> notes() {
        return List.copyOf(notes);
    }

    private static String shorten(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
