package dev.apg.server.composition;

import dev.apg.contract.composition.CompositionType;
import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.composition.DescribedField;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The describing fields of compositions, whichever request changes them. */
@Component
class Descriptions {
    private final CompositionRepository compositions;

    Descriptions(CompositionRepository compositions) {
        this.compositions = compositions;
    }

    /**
     * What describes a composition.
     *
     * @param owner a team or a person; empty for nobody
     */
    record Description(String displayName, String description, CompositionType type, String owner) {
        static Description of(CompositionRow row) {
            return new Description(row.displayName(), row.description(), row.type(), row.owner());
        }

        Description with(DescribeComposition change) {
            return new Description(
                    given(change.displayName(), displayName),
                    given(change.description(), description),
                    given(change.type(), type),
                    given(change.owner(), owner));
        }

        /** The fields in which another one differs, with what they have there. */
        private List<DescribedField> changedBy(Description other) {
            return Stream.of(
                            new DescribedField("display_name", displayName, other.displayName),
                            new DescribedField("description", description, other.description),
                            new DescribedField("type", type.wire(), other.type.wire()),
                            new DescribedField("owner", owner, other.owner))
                    .filter(field -> !field.from().equals(field.to()))
                    .toList();
        }

        private static <T> T given(@Nullable T value, T otherwise) {
            return value == null ? otherwise : value;
        }
    }

    /**
     * Changes what is given and differs, inside the caller's write; the caller holds the row's lock.
     *
     * @return what was changed
     * @throws Rejection 409 {@code composition.owned}, for another owner of one that somebody owns
     */
    List<DescribedField> change(UUID tenant, Journal journal, CompositionRow row, DescribeComposition change) {
        Description before = Description.of(row);
        Description after = before.with(change);
        if (after.equals(before)) {
            return List.of();
        }
        if (row.guarded() && !after.owner().equals(before.owner())) {
            throw Rejection.conflict(
                    "composition.owned",
                    "owner: %s (expected: %s, whose it is: transfer it to a team or a member)"
                            .formatted(after.owner(), before.owner()));
        }
        compositions.describe(tenant, row.id(), after);
        journal.record(new Mutation(
                "composition.described",
                "composition",
                row.id(),
                row.code(),
                Map.of("type", after.type().wire()),
                Optional.of(before),
                Optional.of(after)));
        return before.changedBy(after);
    }
}
