package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.UpgradeStepKind;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.Change;
import dev.apg.resolver.Root;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a plan, by what they move. */
final class PlannedSteps {
    /** Operations of one entry; beyond, only the steps of the plan have them. */
    private static final int MOST_OPERATIONS = 50;

    private final UpgradePlan plan;
    private final List<Outdated.UpgradeStep> told;

    /** Numbers of first steps. */
    private final Map<String, Integer> moving = new HashMap<>();

    private final Map<Move, Integer> leading = new HashMap<>();
    private final Map<Integer, List<DraftOperation>> operations = new HashMap<>();

    private record Move(String code, String to) {}

    /** @param told the steps as they travel, which may begin with one that the plan does not have; none if there is no plan */
    PlannedSteps(UpgradePlan plan, List<Outdated.UpgradeStep> told) {
        this.plan = plan;
        this.told = told;
        for (Outdated.UpgradeStep step : told) {
            for (VersionChange move : step.moves()) {
                moving.putIfAbsent(move.capability(), step.number());
                String to = move.to();
                if (to != null) {
                    leading.putIfAbsent(new Move(move.capability(), to), step.number());
                }
            }
        }
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** The number of the first step that leads to a version, or else that moves the capability at all. */
    @Nullable
    Integer to(String code, SemVer number) {
        Integer step = leading.get(new Move(code, number.toString()));
        return step == null ? of(code) : step;
    }

    /** The number of the first step that moves a capability. */
    @Nullable
    Integer of(String code) {
        return moving.get(code);
    }

    boolean isRangeChange(int number) {
        return told.get(number - 1).kind() == UpgradeStepKind.RANGE_CHANGE;
    }

    /** What the step changes; together with what the steps before it changed, if it needs those. */
    List<DraftOperation> operations(int number) {
        return operations.computeIfAbsent(number, this::changes);
    }

    private List<DraftOperation> changes(int number) {
        int at = number - 1 - (told.size() - plan.steps().size());
        UpgradePlan.Step step = plan.steps().get(at);
        List<Change.Setting> raises =
                step.standsAlone() ? step.raises() : latest(plan.steps().subList(0, at + 1));
        // Hundreds of entries that move together would each say all of it again.
        return raises.size() > MOST_OPERATIONS ? List.of() : Explanations.operations(raises);
    }

    private static List<Change.Setting> latest(List<UpgradePlan.Step> steps) {
        Map<Object, Change.Setting> raises = new LinkedHashMap<>();
        for (UpgradePlan.Step step : steps) {
            for (Change.Setting raise : step.raises()) {
                Object subject = switch (raise) {
                    case Change.SetRange(Root root, var range) ->
                        List.of(root.target().kind(), root.target().code());
                    case Change.SetPin(String code, var number) -> code;
                };
                raises.put(subject, raise);
            }
        }
        return new ArrayList<>(raises.values());
    }
}
