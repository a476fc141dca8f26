package dev.apg.resolver;

import dev.apg.resolver.FactTags.Kind;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.VersionRange;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Which versions another one does not want beside it. */
final class Oppositions {
    private final Encoding encoding;
    private final Symbols symbols;

    Oppositions(Encoding encoding, Symbols symbols) {
        this.encoding = encoding;
        this.symbols = symbols;
    }

    /** Versions of other capabilities that an optional requirement is about and does not admit. */
    void eachUnfit(VersionBlock self, boolean service, int code, VersionRange range, IntConsumer sink) {
        Matching matching = encoding.matching();
        matching.each(service, code, VersionRange.any(), PrereleaseRule.INCLUDE, (block, first, last) -> {
            for (int i = last; i >= first && block != self; i--) {
                boolean fits = service
                        ? matching.providesItself(block, i, code, range, encoding.rule())
                        : range.admits(block.numbers.get(i), encoding.rule());
                if (!fits) {
                    sink.accept(encoding.variablesOf(block) + i);
                }
            }
        });
    }

    /** Versions of other capabilities that a conflict is about. */
    void eachOpposed(VersionBlock self, boolean service, int code, VersionRange range, IntConsumer sink) {
        encoding.matching().each(service, code, range, PrereleaseRule.INCLUDE, (block, first, last) -> {
            for (int i = last; i >= first && block != self; i--) {
                sink.accept(encoding.variablesOf(block) + i);
            }
        });
    }

    /** The variables that the fact of this tag forbids beside its version. */
    int[] forbiddenBy(int tag) {
        IntList found = new IntList();
        int variable = encoding.tags.a(tag);
        VersionBlock self = Objects.requireNonNull(encoding.blockOf(variable));
        boolean conflict = encoding.tags.kind(tag) == Kind.CONFLICTS;
        CapabilityVersion version = encoding.read(variable);
        Target target = conflict
                ? version.conflicts().get(encoding.tags.b(tag))
                : version.requirements().get(encoding.tags.b(tag)).anyOf().getFirst();
        boolean service = target.kind() == Target.Kind.SERVICE;
        int code = symbols.names.known(target.code());
        if (conflict) {
            eachOpposed(self, service, code, target.range(), found::add);
        } else {
            eachUnfit(self, service, code, target.range(), found::add);
        }
        return found.toArray();
    }
}
