package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All versions that a resolution can choose from: immutable, compact (about 100 bytes a version and 20 a requirement),
 * safe for any number of threads. {@link #with} makes a changed universe at a cost that depends on the change only.
 */
public final class Universe {
    final Symbols symbols;
    final PersistentArray<VersionBlock> blocks;

    /** Who provides a service, who requires, and who enhances a capability or service: see {@link MentionedNames}. */
    final MentionedNames.Index mentions;

    private final int capabilityCount;
    private final long versionCount;

    private Universe(
            Symbols symbols,
            PersistentArray<VersionBlock> blocks,
            MentionedNames.Index mentions,
            int capabilityCount,
            long versionCount) {
        this.symbols = symbols;
        this.blocks = blocks;
        this.mentions = mentions;
        this.capabilityCount = capabilityCount;
        this.versionCount = versionCount;
    }

    /** A universe without any capability. */
    public static Universe empty() {
        return new Universe(new Symbols(), PersistentArray.empty(), MentionedNames.Index.empty(), 0, 0);
    }

    /** A universe of these versions; see {@link Builder#add}. */
    public static Universe of(CapabilityVersion... versions) {
        Builder builder = builder();
        for (CapabilityVersion version : versions) {
            builder.add(version);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder(empty());
    }

    /**
     * This universe with other versions of some capabilities; all else is shared with it. Costs time and memory
     * proportional to the versions given, plus the number of users of names that are newly or no longer mentioned.
     *
     * @param replaced by code, all versions that the capability now has; none removes it
     * @throws IllegalArgumentException if a version has another code than its key, or a number is given twice
     */
    public Universe with(Map<String, ? extends Collection<CapabilityVersion>> replaced) {
        return replacing(this, replaced);
    }

    /**
     * The same for a universe that only a question is about: nothing of it stays in memory with this one.
     *
     * @throws IllegalArgumentException as {@link #with}
     */
    public Universe supposing(Map<String, ? extends Collection<CapabilityVersion>> replaced) {
        var own = new Universe(symbols.fork(), blocks, mentions, capabilityCount, versionCount);
        return replacing(own, replaced);
    }

    private static Universe replacing(Universe base, Map<String, ? extends Collection<CapabilityVersion>> replaced) {
        Builder builder = new Builder(base);
        for (Map.Entry<String, ? extends Collection<CapabilityVersion>> each : replaced.entrySet()) {
            builder.clear(each.getKey());
            for (CapabilityVersion version : each.getValue()) {
                if (!version.code().equals(each.getKey())) {
                    throw new IllegalArgumentException("code of " + version.exact() + " (expected: " + each.getKey()
                            + ", under which it was given)");
                }
                builder.add(version);
            }
        }
        return builder.build();
    }

    /** How many capabilities have a version. */
    public int capabilityCount() {
        return capabilityCount;
    }

    public long versionCount() {
        return versionCount;
    }

    /** All versions of a capability, oldest first; none if it is unknown. O(size of the answer). */
    public List<CapabilityVersion> versions(String code) {
        VersionBlock block = block(symbols.names.known(code));
        List<CapabilityVersion> versions = new ArrayList<>();
        for (int i = 0; block != null && i < block.size(); i++) {
            versions.add(block.read(i, symbols));
        }
        return versions;
    }

    /** The numbers of all versions of a capability, oldest first; none if it is unknown. O(1). */
    public List<SemVer> numbers(String code) {
        VersionBlock block = block(symbols.names.known(code));
        return block == null ? List.of() : block.numbers;
    }

    public Optional<CapabilityVersion> version(ExactVersion version) {
        VersionBlock block = block(symbols.names.known(version.code()));
        int ordinal = block == null ? -1 : block.ordinalOf(version.number());
        return block == null || ordinal < 0 ? Optional.empty() : Optional.of(block.read(ordinal, symbols));
    }

    /** The services that some version of the capability provides, by code; none if it is unknown. O(its versions). */
    public List<String> services(String code) {
        return codes(MentionedNames.provided(block(symbols.names.known(code))));
    }

    /** The capabilities of which some version provides the service, by code. */
    public List<String> providers(String service) {
        return codes(mentions.providers().of(symbols.names.known(service)));
    }

    /**
     * The capabilities of which some version requires, recommends or optionally uses the capability or service, by code,
     * whatever the range. Those that require a capability through a service that it provides are dependents of the
     * service.
     */
    public List<String> dependents(Target.Kind kind, String code) {
        return codes(mentions.dependents(kind).of(symbols.names.known(code)));
    }

    /** The capabilities of which some version conflicts with the capability or service in any range, by code. */
    public List<String> opponents(Target.Kind kind, String code) {
        return codes(mentions.opponents(kind).of(symbols.names.known(code)));
    }

    /** The capabilities of which some version says that it is useful beside the capability or service, by code. */
    public List<String> enhancers(Target.Kind kind, String code) {
        return codes(mentions.enhancers(kind).of(symbols.names.known(code)));
    }

    private List<String> codes(int[] names) {
        String[] codes = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            codes[i] = symbols.names.value(names[i]);
        }
        Arrays.sort(codes);
        return List.of(codes);
    }

    @Nullable
    VersionBlock block(int name) {
        return name < 0 ? null : blocks.get(name);
    }

    /** Collects versions; each is packed as it comes, so that a big universe never exists as records. */
    public static final class Builder {
        private final Universe base;
        private final Map<Integer, List<VersionBlock.Packed>> changed = new LinkedHashMap<>();
        private final FactsWriter facts;

        /** Of the version that was added last; null before the first. */
        private int @Nullable [] lastFacts;

        private Builder(Universe base) {
            this.base = base;
            this.facts = new FactsWriter(base.symbols);
        }

        /**
         * Adds a version, in any order.
         *
         * @throws IllegalArgumentException on {@link #build}, if a number of a capability was added twice
         */
        public Builder add(CapabilityVersion version) {
            int name = base.symbols.names.id(version.code());
            return add(name, version.number(), version.marks(), VersionFacts.write(version, facts), version.cost());
        }

        /** Takes what the next version that is added by the id of its code provides, requires and conflicts with. */
        public FactsWriter facts() {
            return facts;
        }

        /**
         * Adds a version, in any order, with the facts that were written since the last one.
         *
         * @param capability the id of its code, from {@link FactsWriter#name}
         * @param cost whole units, 0 to {@link CapabilityVersion#MAX_COST}
         * @throws IllegalArgumentException if the cost is another; also on {@link #build}, if a number of a capability was
         *     added twice
         * @throws IllegalStateException if the last requirement that was written has no target
         */
        public Builder add(int capability, SemVer number, Set<Mark> marks, long cost) {
            return add(capability, number, marks, facts.take(), cost);
        }

        /**
         * Adds a version with the facts of the one that was added before it, which is cheaper than writing them again.
         *
         * @param capability as in {@link #add(int, SemVer, Set, long)}
         * @param cost as there
         * @throws IllegalArgumentException as there
         * @throws IllegalStateException if no version was added before
         */
        public Builder addAlike(int capability, SemVer number, Set<Mark> marks, long cost) {
            if (lastFacts == null) {
                throw new IllegalStateException(
                        "addAlike: no version to be alike (expected: after one that was added)");
            }
            return add(capability, number, marks, lastFacts, cost);
        }

        private Builder add(int name, SemVer number, Set<Mark> marks, int[] data, long cost) {
            CapabilityVersion.requireCost(base.symbols.names.value(name), number, cost);
            lastFacts = data;
            changed.computeIfAbsent(name, _ -> new ArrayList<>(4))
                    .add(VersionBlock.Packed.of(number, marks, cost, data, base.symbols));
            return this;
        }

        private void clear(String code) {
            changed.put(base.symbols.names.id(code), new ArrayList<>(4));
        }

        public Universe build() {
            PersistentArray.Editor<VersionBlock> blocks = base.blocks.edit();
            MentionedNames.Editor mentions = base.mentions.edit();
            int capabilities = base.capabilityCount;
            long versions = base.versionCount;
            for (Map.Entry<Integer, List<VersionBlock.Packed>> each : changed.entrySet()) {
                int name = each.getKey();
                VersionBlock before = blocks.get(name);
                VersionBlock after = each.getValue().isEmpty()
                        ? null
                        : VersionBlock.of(name, base.symbols.names.value(name), each.getValue());
                each.setValue(List.of());
                blocks.set(name, after);
                mentions.replace(name, before, after);
                capabilities += (after == null ? 0 : 1) - (before == null ? 0 : 1);
                versions += (after == null ? 0 : after.size()) - (before == null ? 0 : before.size());
            }
            return new Universe(base.symbols, blocks.done(), mentions.done(), capabilities, versions);
        }
    }
}
