package dev.apg.server.composition.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last part of {@code README.md}: what whoever runs a bundle has to know of it. */
final class ReadmeNotes {
    private ReadmeNotes() {}

    /** By kind, each sentence once with the capabilities that it is about; empty if there is nothing to know. */
    static String of(List<BundleNote> notes) {
        if (notes.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\n## What to know\n");
        for (BundleNote.Kind kind : BundleNote.Kind.values()) {
            Map<String, List<String>> codesByText = new LinkedHashMap<>();
            notes.stream()
                    .filter(note -> note.kind() == kind)
                    .forEach(note -> codesByText
                            .computeIfAbsent(note.text(), sentence -> new ArrayList<>())
                            .add("`" + note.capability() + "`"));
            if (!codesByText.isEmpty()) {
                text.append("\n### ").append(title(kind)).append("\n\n");
                codesByText.forEach((sentence, codes) ->
                        text.append("- %s: %s\n".formatted(String.join(", ", codes), MarkdownText.line(sentence))));
            }
        }
        return text.toString();
    }

    private static String title(BundleNote.Kind kind) {
        return switch (kind) {
            case IMAGE_NOT_PINNED -> "Not pinned";
            case NEEDS_ROOT -> "Runs as root";
            case USER_NOT_KNOWN -> "User not known";
            case HEALTH_NOT_IN_COMPOSE -> "Health not checked by Compose";
            case REPLICAS_REDUCED -> "Fewer replicas than described";
            case ROOT_WRITABLE_IN_COMPOSE -> "Writable root in Compose";
            case REPLICAS_NOT_IN_COMPOSE -> "Fewer replicas in Compose";
            case PUBLISHED_PORT_MOVED -> "Published on another port";
            case PROVIDER_ABSENT -> "Optional providers that are not there";
            case CONFIGURATION_ABSENT -> "Configuration that is not given";
            case VOLUME_SIZE_ASSUMED -> "Volume sizes assumed";
        };
    }
}
