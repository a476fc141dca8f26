package dev.apg.contract;

import java.time.Instant;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/** Takes a time as RFC 3339 writes it. Jackson's own reader takes a number, too, for seconds: 12345678901, also in quotes, was the year 2361. */
final class TimeReader extends StdScalarDeserializer<Instant> {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+");

    TimeReader() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            String text = parser.getString();
            if (NUMBER.matcher(text).matches()) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "a number");
            }
            return InstantDeserializer.INSTANT.deserialize(parser, context);
        }
        return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
    }
}
