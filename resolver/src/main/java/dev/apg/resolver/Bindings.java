package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who meets each need of the chosen versions. Versions go by their position in the order of choice. */
final class Bindings {
    private static final Comparator<Binding> BY_NEED = Comparator.comparing(Bindings::needName);

    private final Encoding encoding;
    private final Choice choice;
    private final Chosen chosen;

    private final List<Binding> ofRequest = new ArrayList<>();

    /** By consumer. */
    private final List<List<Binding>> bindings = new ArrayList<>();

    /** By consumer, the positions of its providers. */
    private final List<IntList> providers = new ArrayList<>();

    /** By provider, the needs that it meets. */
    private final List<List<Link>> met = new ArrayList<>();

    private final IntList unmet = new IntList();

    Bindings(Encoding encoding, Choice choice, Chosen chosen) {
        this.encoding = encoding;
        this.choice = choice;
        this.chosen = chosen;
        for (int i = 0; i < choice.size(); i++) {
            bindings.add(new ArrayList<>(4));
            providers.add(new IntList());
            met.add(new ArrayList<>(4));
        }
        bindNeedsOf(encoding.requestVariable, -1);
        for (int i = 0; i < choice.size(); i++) {
            bindNeedsOf(choice.variable(i), i);
            bindOwn(i);
            bindOptional(i);
        }
    }

    /** All of them: those of the request, then those of each consumer; by the name of the need. */
    List<Binding> all(int[] consumers) {
        List<Binding> all = new ArrayList<>(ofRequest);
        all.sort(BY_NEED);
        for (int consumer : consumers) {
            List<Binding> own = bindings.get(consumer);
            own.sort(BY_NEED);
            all.addAll(own);
        }
        return all;
    }

    private static String needName(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked(Root root) -> root.target().code();
            case Link.Needed(ExactVersion _, Requirement requirement) -> requirement.name();
        };
    }

    int[] providersOf(int consumer) {
        return providers.get(consumer).toArray();
    }

    List<Link> metBy(int provider) {
        return met.get(provider);
    }

    /** Soft needs that nothing chosen meets, in the order of choice. */
    int[] unmet() {
        return unmet.toArray();
    }

    /** The need as callers know it; null for a version that was only asked about. */
    @Nullable
    Link link(int need) {
        int tag = encoding.needs.tag(need);
        return switch (encoding.tags.kind(tag)) {
            case ASKED -> new Link.Asked(encoding.roots.get(encoding.tags.a(tag)));
            case NEEDS -> {
                int consumer = choice.position(encoding.tags.a(tag));
                CapabilityVersion version = chosen.version(consumer);
                yield new Link.Needed(
                        chosen.exact(consumer), version.requirements().get(encoding.tags.b(tag)));
            }
            case WANTED, RESTRICTS, CONFLICTS, PINNED, EXCLUDED, NOT_ACCEPTED -> null;
        };
    }

    private void bindNeedsOf(int variable, int consumer) {
        Needs needs = encoding.needs;
        for (int need = needs.from(variable); need < needs.to(variable); need++) {
            Link link = link(need);
            if (link != null) {
                int provider = providerOf(need);
                if (provider >= 0) {
                    bind(consumer, link, targetMetBy(provider, link), provider);
                } else {
                    unmet.add(need);
                }
            }
        }
    }

    private int providerOf(int need) {
        Needs needs = encoding.needs;
        for (int i = needs.start(need); i < needs.end(need); i++) {
            int position = choice.position(needs.candidate(i));
            if (position >= 0) {
                return position;
            }
        }
        return -1;
    }

    private Target targetMetBy(int provider, Link link) {
        List<Target> targets = link.targets();
        if (targets.size() == 1) {
            return targets.getFirst();
        }
        Pick pick = chosen.pick(provider);
        return targets.stream()
                .filter(target -> chosen.meets(pick, target, encoding.rule()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "provider " + chosen.exact(provider) + " meets no target of " + link));
    }

    private void bind(int consumer, Link link, Target target, int provider) {
        Binding binding = new Binding(link, target, chosen.exact(provider));
        met.get(provider).add(link);
        if (consumer < 0) {
            ofRequest.add(binding);
        } else {
            bindings.get(consumer).add(binding);
            providers.get(consumer).add(provider);
        }
    }

    /** What a version needs and provides itself; a need like that never reaches the search. */
    private void bindOwn(int consumer) {
        CapabilityVersion version = chosen.version(consumer);
        for (Requirement requirement : version.requirements()) {
            if (requirement.strength() == Strength.REQUIRED || requirement.strength() == Strength.RECOMMENDED) {
                for (Target target : requirement.anyOf()) {
                    if (meetsItself(version, target)) {
                        Link link = new Link.Needed(chosen.exact(consumer), requirement);
                        bindings.get(consumer).add(new Binding(link, target, chosen.exact(consumer)));
                        break;
                    }
                }
            }
        }
    }

    private boolean meetsItself(CapabilityVersion version, Target target) {
        return switch (target.kind()) {
            case CAPABILITY ->
                target.code().equals(version.code()) && target.range().admits(version.number(), encoding.rule());
            case SERVICE -> {
                for (Provision provision : version.provides()) {
                    if (provision.service().equals(target.code())
                            && target.range().admits(provision.version(), encoding.rule())) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private void bindOptional(int consumer) {
        for (Requirement requirement : chosen.version(consumer).requirements()) {
            if (requirement.strength() == Strength.OPTIONAL) {
                Target target = requirement.anyOf().getFirst();
                for (Pick present : chosen.present(target)) {
                    if (chosen.fits(present, target)) {
                        Link link = new Link.Needed(chosen.exact(consumer), requirement);
                        bind(consumer, link, target, chosen.position(present));
                        break;
                    }
                }
            }
        }
    }

    /**
     * By place in an order of the versions, the places of what each needs, itself left out.
     *
     * @param order positions
     */
    int[][] needed(int[] order) {
        int[] place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        int[][] needed = new int[order.length][];
        for (int i = 0; i < order.length; i++) {
            int[] places = providersOf(order[i]);
            int length = 0;
            for (int provider : places) {
                places[length] = place[provider];
                length += place[provider] == i ? 0 : 1;
            }
            needed[i] = distinct(Arrays.copyOf(places, length));
        }
        return needed;
    }

    private static int[] distinct(int[] values) {
        Arrays.sort(values);
        int length = 0;
        for (int value : values) {
            if (length == 0 || values[length - 1] != value) {
                values[length++] = value;
            }
        }
        return Arrays.copyOf(values, length);
    }
}
