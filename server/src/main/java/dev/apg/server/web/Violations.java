package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.validation.BindingResult;
import org.springframework.validation.ObjectError;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Turns broken constraints into field errors, in the order of the fields. */
final class Violations {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])([A-Z])");
    /** A name, or in brackets an element's number or a map's key; what stands in angle brackets is passed over. */
    private static final Pattern STEP = Pattern.compile("\\[(?<key>[^]]*)]|(?<![^.])[^.<\\[\\]][^.\\[\\]]*");

    private static final Comparator<FieldError> ORDER =
            Comparator.comparing(FieldError::field).thenComparing(FieldError::expected);

    private Violations() {}

    static List<FieldError> of(BindingResult result) {
        return result.getAllErrors().stream()
                .map(error -> error(error))
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    static List<FieldError> of(HandlerMethodValidationException failure) {
        var errors = new ArrayList<FieldError>();
        failure.getParameterValidationResults()
                .forEach(result -> result.getResolvableErrors().stream()
                        .map(error -> error instanceof ObjectError object
                                ? error(object)
                                : Rejection.at(
                                        snakeCase(Objects.requireNonNullElse(
                                                result.getMethodParameter().getParameterName(), "parameter")),
                                        result.getArgument(),
                                        Objects.requireNonNullElse(error.getDefaultMessage(), "another value"),
                                        "parameter.invalid"))
                        .forEach(errors::add));
        return errors;
    }

    static List<FieldError> of(Collection<? extends ConstraintViolation<?>> violations) {
        return violations.stream()
                .map(violation -> Rejection.at(
                        snakeCase(violation.getPropertyPath().toString()),
                        scalar(violation.getInvalidValue()),
                        violation.getMessage(),
                        code(violation)))
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    /**
     * The path as it is spelled on the wire: steps in snake case, map keys as they are, elements by number. What Bean
     * Validation says about elements beyond that ({@code keywords[0].<list element>}) names no field of anybody's.
     */
    static String snakeCase(String path) {
        var snake = new StringBuilder();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            String key = step.group("key");
            if (key == null) {
                String name = HUMP.matcher(step.group()).replaceAll("_$1").toLowerCase(Locale.ROOT);
                snake.append(snake.isEmpty() ? "" : ".").append(name);
            } else if (key.matches("[0-9]*")) {
                snake.append('[').append(key).append(']');
            } else {
                snake.append('.').append(key);
            }
        }
        return snake.toString();
    }

    private static FieldError error(ObjectError error) {
        String expected = Objects.requireNonNullElse(error.getDefaultMessage(), "another value");
        String code =
                error.contains(ConstraintViolation.class) ? code(error.unwrap(ConstraintViolation.class)) : "invalid";
        return error instanceof org.springframework.validation.FieldError field
                ? Rejection.at(snakeCase(field.getField()), scalar(field.getRejectedValue()), expected, code)
                : Rejection.at("body", null, expected, code);
    }

    private static String code(ConstraintViolation<?> violation) {
        return switch (violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()) {
            case "NotNull", "NotBlank", "NotEmpty" -> "missing";
            case "Size" -> "wrong_size";
            case "Min", "Max", "Positive", "PositiveOrZero", "DecimalMin", "DecimalMax" -> "out_of_range";
            case "Pattern" -> "wrong_form";
            case "VisibleText" -> "not_visible";
            default -> "invalid";
        };
    }

    /** Lists and objects are not repeated in the answer: they are large, and the field says which one it is. */
    private static @org.jspecify.annotations.Nullable Object scalar(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof CharSequence
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Enum
                ? value
                : value instanceof Collection<?> list ? list.size() + " items" : null;
    }
}
