package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the versions of one capability mention, as ascending ids of names: the edges of the reverse indexes. */
final class MentionedNames implements VersionFacts.Visitor {
    /** The ways in which one name mentions another. */
    private enum Way {
        PROVIDES,
        NEEDS_CAPABILITY,
        NEEDS_SERVICE,
        ENHANCES_CAPABILITY,
        ENHANCES_SERVICE,
        OPPOSES_CAPABILITY,
        OPPOSES_SERVICE
    }

    private static final Way[] WAYS = Way.values();

    private static final int[] NONE = {};

    /** By way; null where nothing is mentioned in that way, as in most. */
    private final @Nullable IntList[] names = new IntList[WAYS.length];

    private int[] data = NONE;

    private MentionedNames(@Nullable VersionBlock block) {
        for (int i = 0; block != null && i < block.size(); i++) {
            if (i == 0 || block.start(i) != block.start(i - 1)) {
                data = block.data;
                VersionFacts.visit(data, block.start(i), this);
            }
        }
    }

    /** The services that some version of the block provides. */
    static int[] provided(@Nullable VersionBlock block) {
        return new MentionedNames(block).of(Way.PROVIDES);
    }

    private int[] of(Way way) {
        IntList list = names[way.ordinal()];
        return list == null ? NONE : ascending(list.toArray());
    }

    /** Sorts, and leaves out repeats; by hand, because a start does it for every capability and way. */
    private static int[] ascending(int[] values) {
        Arrays.sort(values);
        int length = 0;
        for (int value : values) {
            if (length == 0 || values[length - 1] != value) {
                values[length++] = value;
            }
        }
        return Arrays.copyOf(values, length);
    }

    private void note(Way way, int name) {
        IntList list = names[way.ordinal()];
        if (list == null) {
            list = new IntList();
            names[way.ordinal()] = list;
        }
        list.add(name);
    }

    @Override
    public void provision(int service, int version) {
        note(Way.PROVIDES, service);
    }

    @Override
    public void requirement(int index, int name, Strength strength, int targets, int count) {
        boolean enhancing = strength == Strength.ENHANCING;
        for (int i = 0; i < count; i++) {
            int target = targets + 2 * i;
            if (VersionFacts.isService(data, target)) {
                note(enhancing ? Way.ENHANCES_SERVICE : Way.NEEDS_SERVICE, VersionFacts.code(data, target));
            } else {
                note(enhancing ? Way.ENHANCES_CAPABILITY : Way.NEEDS_CAPABILITY, VersionFacts.code(data, target));
            }
        }
    }

    @Override
    public void conflict(int index, int target) {
        Way way = VersionFacts.isService(data, target) ? Way.OPPOSES_SERVICE : Way.OPPOSES_CAPABILITY;
        note(way, VersionFacts.code(data, target));
    }

    /** The reverse indexes, one for each way. */
    record Index(ReverseIndex[] ways) {
        static Index empty() {
            ReverseIndex[] ways = new ReverseIndex[WAYS.length];
            Arrays.fill(ways, ReverseIndex.empty());
            return new Index(ways);
        }

        ReverseIndex providers() {
            return ways[Way.PROVIDES.ordinal()];
        }

        ReverseIndex dependents(Target.Kind kind) {
            return ways[byKind(kind, Way.NEEDS_CAPABILITY, Way.NEEDS_SERVICE)];
        }

        ReverseIndex enhancers(Target.Kind kind) {
            return ways[byKind(kind, Way.ENHANCES_CAPABILITY, Way.ENHANCES_SERVICE)];
        }

        ReverseIndex opponents(Target.Kind kind) {
            return ways[byKind(kind, Way.OPPOSES_CAPABILITY, Way.OPPOSES_SERVICE)];
        }

        private static int byKind(Target.Kind kind, Way capability, Way service) {
            return switch (kind) {
                case CAPABILITY -> capability.ordinal();
                case SERVICE -> service.ordinal();
            };
        }

        Editor edit() {
            ReverseIndex.Editor[] editors = new ReverseIndex.Editor[ways.length];
            Arrays.setAll(editors, i -> ways[i].edit());
            return new Editor(editors);
        }
    }

    record Editor(ReverseIndex.Editor[] ways) {
        void replace(int user, @Nullable VersionBlock before, @Nullable VersionBlock after) {
            MentionedNames old = new MentionedNames(before);
            MentionedNames now = new MentionedNames(after);
            for (Way way : WAYS) {
                ways[way.ordinal()].replace(user, old.of(way), now.of(way));
            }
        }

        Index done() {
            ReverseIndex[] done = new ReverseIndex[ways.length];
            Arrays.setAll(done, i -> ways[i].done());
            return new Index(done);
        }
    }
}
