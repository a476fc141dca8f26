package dev.apg.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fixes after which resolving chooses a version that was asked about: that it is possible then is not enough, because the
 * previous lock, a newer version or an objective may keep it out all the same. A pin is added where it is needed.
 */
final class WantedFixes {
    private final Request request;
    private final ExactVersion wanted;
    private final Trials trials;

    /** @param request that is to be changed; the trials may take half of its step budget */
    WantedFixes(Universe universe, Request request, ExactVersion wanted) {
        this.request = request;
        this.wanted = wanted;
        this.trials = new Trials(universe, null, request.stepBudget() / 2);
    }

    Explanation of(Explanation explanation) {
        return explanation.withFixes(explanation.fixes().stream()
                .flatMap(fix -> choosing(fix).stream())
                .distinct()
                .sorted(FixOrder.smallestFirst(request))
                .toList());
    }

    private Optional<Fix> choosing(Fix fix) {
        if (isChosen(fix.changes())) {
            return Optional.of(fix);
        }
        List<Change> pinned = new ArrayList<>(fix.changes());
        pinned.removeIf(change -> change instanceof Change.DropPin(String code, var _) && code.equals(wanted.code()));
        pinned.add(new Change.SetPin(wanted.code(), wanted.number()));
        return isChosen(pinned) ? Optional.of(FixWords.fix(pinned, request)) : Optional.empty();
    }

    private boolean isChosen(List<Change> changes) {
        return trials.found(Change.applyAll(changes, request))
                .filter(found -> wanted.number().equals(found.versions().get(wanted.code())))
                .isPresent();
    }
}
