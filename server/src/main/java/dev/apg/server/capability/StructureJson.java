package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Strength;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.capability.VersionStructure.Requirement;
import dev.apg.server.capability.VersionStructure.Target;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The text of {@code version.structure}. A snapshot reads a million of these, so it is short, positional, and read token
 * by token:
 *
 * <pre>{"provides":[["cart","1.0.0"]],
 *  "requirements":[["store",[["s","cart-store","^1.0.0"]]],["telemetry",[["c","collector"]],"recommended"]],
 *  "conflicts":[["c","legacy-cart","&lt;2"]],"cost":1200}</pre>
 *
 * What is empty, the range {@code *}, the strength {@code required} and the cost 0 are left out.
 */
final class StructureJson {
    private StructureJson() {}

    static String write(VersionStructure structure) {
        var text = new StringWriter();
        try (JsonGenerator json = WireJson.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            if (!structure.provides().isEmpty()) {
                json.writeArrayPropertyStart("provides");
                for (Provision provision : structure.provides()) {
                    json.writeStartArray();
                    json.writeString(provision.service());
                    json.writeString(provision.version());
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            if (!structure.requirements().isEmpty()) {
                json.writeArrayPropertyStart("requirements");
                structure.requirements().forEach(requirement -> write(json, requirement));
                json.writeEndArray();
            }
            if (!structure.conflicts().isEmpty()) {
                json.writeArrayPropertyStart("conflicts");
                structure.conflicts().forEach(target -> write(json, target));
                json.writeEndArray();
            }
            if (structure.cost() != 0) {
                json.writeNumberProperty("cost", structure.cost());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Requirement requirement) {
        json.writeStartArray();
        json.writeString(requirement.name());
        json.writeStartArray();
        requirement.targets().forEach(target -> write(json, target));
        json.writeEndArray();
        if (requirement.strength() != Strength.REQUIRED) {
            json.writeString(requirement.strength().wire());
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Target target) {
        json.writeStartArray();
        json.writeString(
                switch (target.kind()) {
                    case CAPABILITY -> "c";
                    case SERVICE -> "s";
                });
        json.writeString(target.code());
        if (!target.range().equals("*")) {
            json.writeString(target.range());
        }
        json.writeEndArray();
    }

    static VersionStructure read(String text) {
        if (text.equals("{}")) {
            return VersionStructure.EMPTY;
        }
        try (JsonParser json = WireJson.MAPPER.createParser(text)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            List<Provision> provides = List.of();
            List<Requirement> requirements = List.of();
            List<Target> conflicts = List.of();
            long cost = 0;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "provides" -> provides = provisions(json);
                    case "requirements" -> requirements = requirements(json);
                    case "conflicts" -> conflicts = targets(json);
                    case "cost" -> cost = json.getLongValue();
                    default -> throw new IllegalArgumentException("structure: unknown field " + name);
                }
            }
            return new VersionStructure(provides, requirements, conflicts, cost);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("structure: not in the form that is stored", unreadable);
        }
    }

    private static List<Provision> provisions(JsonParser json) {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Provision> provisions = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            provisions.add(new Provision(string(json), string(json)));
            expect(json.nextToken(), JsonToken.END_ARRAY);
        }
        return provisions;
    }

    private static List<Requirement> requirements(JsonParser json) {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Requirement> requirements = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            String name = string(json);
            json.nextToken();
            List<Target> targets = targets(json);
            Strength strength = Strength.REQUIRED;
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                strength = Strength.valueOf(json.getString().toUpperCase(Locale.ROOT));
                json.nextToken();
            }
            expect(json.currentToken(), JsonToken.END_ARRAY);
            requirements.add(new Requirement(name, strength, targets));
        }
        return requirements;
    }

    private static List<Target> targets(JsonParser json) {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Target> targets = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            Kind kind = string(json).equals("c") ? Kind.CAPABILITY : Kind.SERVICE;
            String code = string(json);
            String range = "*";
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                range = json.getString();
                json.nextToken();
            }
            expect(json.currentToken(), JsonToken.END_ARRAY);
            targets.add(new Target(kind, code, range));
        }
        return targets;
    }

    private static String string(JsonParser json) {
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        return json.getString();
    }

    private static void expect(JsonToken actual, JsonToken expected) {
        if (actual != expected) {
            throw new IllegalArgumentException("structure: found %s (expected: %s)".formatted(actual, expected));
        }
    }
}
