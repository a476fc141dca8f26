package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.version.SemVer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a step changes, and how much of a risk that is. */
final class Difference {
    private final State before;
    private final State after;
    private final List<Move> moves;

    Difference(State before, State after) {
        this.before = before;
        this.after = after;
        this.moves = Move.between(before.solved().versions(), after.solved().versions());
    }

    /** That of the largest move. What comes in or goes is one only where it meets a need in the place of another. */
    Risk risk() {
        Risk largest = swapped().isEmpty() ? Risk.PATCH : Risk.MAJOR;
        for (Move move : moves) {
            Risk risk = risk(move);
            largest = risk.compareTo(largest) > 0 ? risk : largest;
        }
        return largest;
    }

    /** Whether another state has what this changes in the same versions, or in newer ones. */
    boolean isWithin(State other) {
        Map<String, SemVer> there = other.solved().versions();
        return moves.stream().allMatch(move -> {
            SemVer to = move.to();
            SemVer number = there.get(move.code());
            return to == null ? number == null : number != null && number.compareTo(to) >= 0;
        });
    }

    /**
     * Whether something goes that is there in the end, comes in that is not, or goes back to an older version than in the end.
     *
     * @param inTheEnd the versions of then
     */
    boolean isDetour(Map<String, SemVer> inTheEnd) {
        return moves.stream().anyMatch(move -> {
            SemVer from = move.from();
            SemVer to = move.to();
            SemVer end = inTheEnd.get(move.code());
            if (to == null) {
                return end != null;
            }
            return end == null ? from == null : from != null && to.compareTo(from) < 0 && to.compareTo(end) < 0;
        });
    }

    private static Risk risk(Move move) {
        SemVer from = move.from();
        SemVer to = move.to();
        return from == null || to == null ? Risk.PATCH : Risk.of(from, to);
    }

    /** Whoever is a greater risk than this, and all that they are bound to. */
    Set<String> entangled(Risk most) {
        Set<String> larger = swapped();
        for (Move move : moves) {
            if (risk(move).compareTo(most) > 0) {
                larger.add(move.code());
            }
        }
        Set<String> entangled = new HashSet<>(larger);
        for (State state : List.of(before, after)) {
            for (Binding binding : state.solved().bindings()) {
                if (binding.need() instanceof Link.Needed(ExactVersion consumer, Requirement _)) {
                    String provider = binding.provider().code();
                    if (larger.contains(consumer.code())) {
                        entangled.add(provider);
                    }
                    if (larger.contains(provider)) {
                        entangled.add(consumer.code());
                    }
                }
            }
        }
        return entangled;
    }

    /** Consumers of which a need is met by another capability than before, and those that met it. */
    private Set<String> swapped() {
        Map<List<Object>, String> providers = new HashMap<>();
        before.solved()
                .bindings()
                .forEach(binding ->
                        providers.put(need(binding), binding.provider().code()));
        Set<String> swapped = new HashSet<>();
        for (Binding binding : after.solved().bindings()) {
            String earlier = providers.get(need(binding));
            if (earlier != null && !earlier.equals(binding.provider().code())) {
                swapped.add(earlier);
                swapped.add(binding.provider().code());
                if (binding.need() instanceof Link.Needed(ExactVersion consumer, Requirement _)) {
                    swapped.add(consumer.code());
                }
            }
        }
        return swapped;
    }

    private static List<Object> need(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked(Root root) ->
                List.of(root.target().kind(), root.target().code());
            case Link.Needed(ExactVersion consumer, Requirement requirement) ->
                List.of(consumer.code(), requirement.name());
        };
    }
}
