package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A universe and a request, made from a seed; dense enough to be contradictory about as often as not. */
record RandomCase(List<CapabilityVersion> versions, Request request) {
    private static final List<String> NUMBERS = List.of("1.0.0", "1.1.0", "2.0.0-rc.1", "2.0.0");
    private static final List<String> RANGES =
            List.of("*", "*", "^1.0.0", ">=1.1.0", "<2.0.0", "2.x", "1.0.0", "^2.0.0-rc.1", ">=3.0.0");
    private static final List<String> SERVICES = List.of("queue", "store");
    private static final List<String> SERVICE_NUMBERS = List.of("1.0.0", "2.0.0");

    /** Small enough to try everything. */
    static RandomCase of(long seed) {
        Random random = new Random(seed);
        return of(random, List.of("a", "b", "c", "d", "e").subList(0, 2 + random.nextInt(4)));
    }

    /** Too large to try everything. */
    static RandomCase large(long seed) {
        Random random = new Random(seed);
        return of(
                random,
                IntStream.range(0, 10 + random.nextInt(50))
                        .mapToObj(i -> "c" + i)
                        .toList());
    }

    /** Small enough to try everything; many needs and a large lock, so that it often pays to keep what nothing needs. */
    static RandomCase dense(long seed) {
        Random random = new Random(seed);
        List<String> codes = List.of("a", "b", "c", "d", "e", "f", "g").subList(0, 4 + random.nextInt(4));
        List<String> numbers = List.of("1.0.0", "2.0.0");
        int conflicts = random.nextInt(3);
        int needs = 1 + random.nextInt(4);
        List<CapabilityVersion> versions = new ArrayList<>();
        Map<String, SemVer> previous = new HashMap<>();
        for (String code : codes) {
            for (String number : numbers) {
                if (random.nextInt(4) > 0) {
                    versions.add(denseVersion(
                            random, codes, new ExactVersion(code, SemVer.parse(number)), needs, conflicts));
                }
            }
            if (random.nextInt(5) > 0) {
                previous.put(code, SemVer.parse(pick(random, numbers)));
            }
        }
        List<Root> roots = IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(_ -> new Root(denseTarget(random, codes)))
                .toList();
        Set<String> update = codes.stream().filter(_ -> random.nextInt(8) == 0).collect(Collectors.toSet());
        List<Target> exclusions =
                random.nextInt(3) == 0 ? List.of(Target.capability(pick(random, codes), "1.0.0")) : List.of();
        return new RandomCase(
                versions,
                Request.of(roots.toArray(Root[]::new))
                        .withExclusions(exclusions)
                        .withPrevious(previous)
                        .withUpdate(update));
    }

    private static CapabilityVersion denseVersion(
            Random random, List<String> codes, ExactVersion version, int needs, int conflicts) {
        List<Requirement> requirements = new ArrayList<>();
        int count = random.nextInt(needs + 1);
        for (int i = 0; i < count; i++) {
            Strength strength = random.nextInt(5) == 0 ? Strength.RECOMMENDED : Strength.REQUIRED;
            List<Target> anyOf = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(_ -> denseTarget(random, codes))
                    .toList();
            requirements.add(new Requirement("need-" + i, strength, anyOf));
        }
        List<Provision> provides =
                random.nextBoolean() ? List.of(new Provision("queue", SemVer.parse("1.0.0"))) : List.of();
        List<Target> opposed = random.nextInt(4) < conflicts ? List.of(denseTarget(random, codes)) : List.of();
        return new CapabilityVersion(
                version.code(), version.number(), Set.of(), provides, requirements, opposed, random.nextInt(3));
    }

    private static Target denseTarget(Random random, List<String> codes) {
        return random.nextInt(4) == 0
                ? Target.service("queue", "*")
                : Target.capability(pick(random, codes), pick(random, List.of("*", "*", "1.0.0", "2.0.0")));
    }

    private static RandomCase of(Random random, List<String> codes) {
        List<CapabilityVersion> versions = new ArrayList<>();
        int conflicts = random.nextInt(4);
        for (String code : codes) {
            for (String number : NUMBERS) {
                if (random.nextInt(4) > 0) {
                    versions.add(version(random, codes, code, number, conflicts));
                }
            }
        }
        return new RandomCase(versions, request(random, codes));
    }

    Universe universe() {
        return Universe.of(versions.toArray(CapabilityVersion[]::new));
    }

    /** The same case, with everything that has no order in another order. */
    RandomCase shuffled(Random random) {
        List<CapabilityVersion> shuffled = new ArrayList<>();
        for (CapabilityVersion version : versions) {
            shuffled.add(new CapabilityVersion(
                    version.code(),
                    version.number(),
                    version.marks(),
                    shuffle(version.provides(), random),
                    shuffle(version.requirements(), random),
                    shuffle(version.conflicts(), random),
                    version.cost()));
        }
        return new RandomCase(
                shuffle(shuffled, random),
                request.withRoots(shuffle(request.roots(), random))
                        .withExclusions(shuffle(request.exclusions(), random)));
    }

    /** The same case with exclusions that several versions fall under at once, so that it matters which of them is named. */
    RandomCase excludingMore(Random random) {
        List<String> codes =
                versions.stream().map(CapabilityVersion::code).distinct().toList();
        List<Target> exclusions = new ArrayList<>(request.exclusions());
        for (int i = 0; i < 2 && !codes.isEmpty(); i++) {
            exclusions.add(Target.capability(pick(random, codes), pick(random, RANGES)));
            exclusions.add(Target.service(pick(random, SERVICES), pick(random, List.of("*", "^1.0.0", "^2.0.0"))));
        }
        return with(request.withExclusions(exclusions));
    }

    private static <T> List<T> shuffle(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    RandomCase with(Request request) {
        return new RandomCase(versions, request);
    }

    RandomCase with(List<Objective> objectives) {
        return with(request.withPolicy(policy -> policy.withObjectives(objectives.toArray(Objective[]::new))));
    }

    RandomCase withVersions(List<CapabilityVersion> versions) {
        return new RandomCase(versions, request);
    }

    /** The chosen versions as they were given, by code. */
    Map<String, CapabilityVersion> chosen(Resolution.Solved solved) {
        Set<ExactVersion> entries = new HashSet<>();
        solved.entries().forEach(entry -> entries.add(entry.version()));
        return versions.stream()
                .filter(each -> entries.contains(each.exact()))
                .collect(Collectors.toMap(CapabilityVersion::code, each -> each));
    }

    private static CapabilityVersion version(
            Random random, List<String> codes, String code, String number, int conflicts) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        if (random.nextInt(8) == 0) {
            marks.add(Mark.values()[random.nextInt(4)]);
        }
        List<Provision> provides = new ArrayList<>();
        for (String service : SERVICES) {
            if (random.nextInt(4) == 0) {
                provides.add(new Provision(service, SemVer.parse(pick(random, SERVICE_NUMBERS))));
            }
        }
        List<Requirement> requirements = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            requirements.add(requirement(random, codes, "need-" + i));
        }
        List<Target> opposed = new ArrayList<>();
        if (random.nextInt(4) < conflicts) {
            opposed.add(target(random, codes));
        }
        long cost = random.nextInt(4);
        return new CapabilityVersion(code, SemVer.parse(number), marks, provides, requirements, opposed, cost);
    }

    private static Requirement requirement(Random random, List<String> codes, String name) {
        Strength strength = Strength.values()[Math.max(0, random.nextInt(8) - 4)];
        List<Target> anyOf = new ArrayList<>(List.of(target(random, codes)));
        if (strength != Strength.OPTIONAL && random.nextInt(3) == 0) {
            anyOf.add(target(random, codes));
        }
        return new Requirement(name, strength, anyOf);
    }

    private static Target target(Random random, List<String> codes) {
        return random.nextInt(3) == 0
                ? Target.service(pick(random, SERVICES), pick(random, List.of("*", "^1.0.0", ">=1.0.0", "^2.0.0")))
                : Target.capability(pick(random, codes), pick(random, RANGES));
    }

    private static Request request(Random random, List<String> codes) {
        List<Root> roots = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            roots.add(new Root(target(random, codes)));
        }
        List<Target> exclusions = random.nextInt(4) == 0 ? List.of(target(random, codes)) : List.of();
        Map<String, SemVer> pins = new HashMap<>();
        if (random.nextInt(4) == 0) {
            pins.put(pick(random, codes), SemVer.parse(pick(random, NUMBERS)));
        }
        Map<String, SemVer> previous = new HashMap<>();
        Set<String> update = new HashSet<>();
        if (random.nextInt(2) == 0) {
            for (String code : codes) {
                if (random.nextInt(2) == 0) {
                    previous.put(code, SemVer.parse(pick(random, NUMBERS)));
                }
                if (random.nextInt(5) == 0) {
                    update.add(code);
                }
            }
        }
        Set<Mark> accepted = EnumSet.noneOf(Mark.class);
        for (Mark mark : Mark.values()) {
            if (random.nextBoolean()) {
                accepted.add(mark);
            }
        }
        Policy policy = new Policy(List.of(), random.nextInt(4) == 0, accepted);
        return new Request(roots, exclusions, pins, previous, update, policy, Request.DEFAULT_STEP_BUDGET);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
