package dev.apg.server.web;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Reads parameters in one spelling only. Spring's own converters are generous ("1-1-1-1-1" would be a UUID, and "on"
 * true), and only editors are not asked for a second opinion when they refuse.
 */
class StrictParameters implements PropertyEditorRegistrar {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public void registerCustomEditors(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(UUID.class, new Strict(StrictParameters::uuid));
        registry.registerCustomEditor(boolean.class, new Strict(StrictParameters::flag));
        registry.registerCustomEditor(Boolean.class, new Strict(StrictParameters::flag));
    }

    private static Object uuid(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text);
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static final class Strict extends PropertyEditorSupport {
        private final Function<String, Object> reading;

        Strict(Function<String, Object> reading) {
            this.reading = reading;
        }

        @Override
        public void setAsText(String text) {
            setValue(reading.apply(text));
        }
    }
}
