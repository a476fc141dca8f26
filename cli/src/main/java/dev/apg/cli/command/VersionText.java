package dev.apg.cli.command;

import dev.apg.cli.output.Table;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.capability.VersionDocument;
import java.util.stream.Collectors;

/** A version for people: what it provides, needs, excludes and runs. */
final class VersionText {
    private final StringBuilder text = new StringBuilder();

    private VersionText() {}

    static String of(VersionDetail version) {
        var writer = new VersionText();
        writer.text.append("\n%s %s (%s)%n"
                .formatted(
                        version.capability(), version.version(), version.state().wire()));
        if (version.reason() != null) {
            writer.text
                    .append("  because: ")
                    .append(Table.clean(version.reason()))
                    .append('\n');
        }
        if (version.document() == null) {
            writer.text.append("  The document was purged; number and digest stay taken.\n");
        } else {
            writer.write(version.document());
        }
        return writer.text.toString();
    }

    private void write(VersionDocument document) {
        String provides = document.provides().stream()
                .map(provision -> provision.service() + " " + provision.version())
                .collect(Collectors.joining(", "));
        line("provides", provides);
        RuntimeDescriptor runtime = document.runtime();
        line("runs", runtime == null ? "nothing: it is a module" : runtime.image());
        line(
                "contracts",
                document.contracts().stream()
                        .map(contract ->
                                contract.name() + " (" + contract.type().wire() + ")")
                        .collect(Collectors.joining(", ")));
        line("cost", document.cost() == 0 ? "" : Long.toString(document.cost()));
        line("conflicts", document.conflicts().stream().map(VersionText::target).collect(Collectors.joining(", ")));
        if (!document.requirements().isEmpty()) {
            var table = new Table("NEEDS", "STRENGTH", "ANY OF");
            for (Requirement requirement : document.requirements()) {
                Strength strength = requirement.strength() == null ? Strength.REQUIRED : requirement.strength();
                table.row(
                        name(requirement),
                        strength.wire(),
                        requirement.targets().stream().map(VersionText::target).collect(Collectors.joining(" | ")));
            }
            text.append('\n').append(table.toString().indent(2));
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append("  %-10s %s%n".formatted(name, Table.clean(value)));
        }
    }

    private static String name(Requirement requirement) {
        if (requirement.name() != null) {
            return requirement.name();
        }
        Target first = requirement.targets().getFirst();
        return first.capability() != null ? first.capability() : String.valueOf(first.service());
    }

    private static String target(Target target) {
        String what = target.capability() != null ? target.capability() : "service " + target.service();
        return what + " " + (target.range() == null ? "*" : target.range());
    }
}
