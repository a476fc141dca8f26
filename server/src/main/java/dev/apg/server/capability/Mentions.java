package dev.apg.server.capability;

import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.capability.VersionStructure.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which capabilities and services the versions of one submission name, and where. Every place is kept only for names
 * that the submission does not itself define, because only these can turn out to be names of nothing; so that memory
 * grows with the distinct names and not with the places.
 */
final class Mentions {
    /** A place in a document. */
    record Place(@Nullable String source, @Nullable Integer line, VersionKey version, String field) {}

    /** What is named. */
    record Name(Kind kind, String code) {}

    /** That some version of a capability names something. */
    record Link(String capability, Name name) {}

    /** A name with a range of versions. */
    record Need(Name name, String range) {}

    private final Set<Name> defined = new HashSet<>();
    private final Map<Name, List<Place>> open = new HashMap<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private final Map<Need, Place> needs = new LinkedHashMap<>();
    private final Map<String, Set<String>> provided = new HashMap<>();

    /** The submission has a version of this capability. */
    void define(String capability) {
        define(new Name(Kind.CAPABILITY, capability));
    }

    private void define(Name name) {
        if (defined.add(name)) {
            open.remove(name);
        }
    }

    /** A version of the capability provides the service in this version. */
    void provide(String capability, String service, String number) {
        var name = new Name(Kind.SERVICE, service);
        define(name);
        links.add(new Link(capability, name));
        provided.computeIfAbsent(service, code -> new HashSet<>()).add(number);
    }

    /** A service is there although no version provides it. */
    void declare(String service) {
        define(new Name(Kind.SERVICE, service));
    }

    /** A version names the target as something that it requires. */
    void require(Target target, Place place) {
        mention(target, place);
        needs.putIfAbsent(new Need(new Name(target.kind(), target.code()), target.range()), place);
    }

    /** A version names the target as something that it cannot be with. */
    void exclude(Target target, Place place) {
        mention(target, place);
    }

    private void mention(Target target, Place place) {
        var name = new Name(target.kind(), target.code());
        links.add(new Link(place.version().capability(), name));
        if (!defined.contains(name)) {
            open.computeIfAbsent(name, missing -> new ArrayList<>()).add(place);
        }
    }

    /** What is named but not defined by the submission, with every place. */
    Map<Name, List<Place>> open() {
        return open;
    }

    Set<Link> links() {
        return links;
    }

    /** Each distinct need with the first place that has it. */
    Map<Need, Place> needs() {
        return needs;
    }

    /** Service codes and the versions in which the submission provides them. */
    Map<String, Set<String>> provided() {
        return provided;
    }

    /** The codes of this kind that are named or defined. */
    Set<String> codes(Kind kind) {
        Set<String> codes = new HashSet<>();
        links.forEach(link -> add(codes, kind, link.name()));
        defined.forEach(name -> add(codes, kind, name));
        return codes;
    }

    private static void add(Set<String> codes, Kind kind, Name name) {
        if (name.kind() == kind) {
            codes.add(name.code());
        }
    }
}
