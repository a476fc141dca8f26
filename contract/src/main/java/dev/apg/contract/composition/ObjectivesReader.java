package dev.apg.contract.composition;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads one objective or a list of them; what is wrong with a single one is not said of an element of a list. */
final class ObjectivesReader extends StdDeserializer<List<Objective>> {
    ObjectivesReader() {
        super(List.class);
    }

    @Override
    public List<Objective> deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            JavaType list = context.getTypeFactory().constructCollectionType(List.class, Objective.class);
            return context.readValue(parser, list);
        }
        return List.of(context.readValue(parser, Objective.class));
    }
}
