package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The constraints that wire records carry as annotations, checked in time linear in the document. Bean Validation keeps
 * what is broken in a set whose members it compares with each other: a short body with ten thousand broken elements would
 * keep a processor busy for minutes. So lists that are too long are refused before their elements are looked at, and a
 * record that is broken somewhere is walked field by field, until there are {@value #MOST} errors.
 */
@Component
class Constraints {
    /** Errors of one document; who has mended a hundred can ask again. */
    static final int MOST = 100;

    /** Broken elements up to which Bean Validation is quick. */
    private static final int FEW = 200;

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    private final Validator validator;

    Constraints(Validator validator) {
        this.validator = validator;
    }

    private record Field(String property, String name, Method accessor, int most) {
        static Field of(RecordComponent component) {
            Size size = component.getAccessor().getAnnotation(Size.class);
            return new Field(
                    component.getName(),
                    Violations.snakeCase(component.getName()),
                    component.getAccessor(),
                    size == null ? Integer.MAX_VALUE : size.max());
        }

        @Nullable
        Object of(Record owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("a wire record hides its " + property, impossible);
            }
        }
    }

    /** What is broken, in the order of the fields; empty if nothing is. */
    List<FieldError> broken(Object value) {
        int elements = elements(value);
        List<FieldError> errors = new ArrayList<>();
        if (elements < 0) {
            noteTooLong(value, "", errors);
            return List.copyOf(errors);
        }
        if (elements <= FEW) {
            return Violations.of(validator.validate(value));
        }
        walk(value, "", errors);
        return List.copyOf(errors);
    }

    /** How many elements the lists have, all together; negative if one of them is too long. */
    private static int elements(@Nullable Object value) {
        int elements = 0;
        switch (value) {
            case Record owner -> {
                for (Field field : FIELDS.get(owner.getClass())) {
                    @Nullable Object inside = field.of(owner);
                    int within = sizeOf(inside) > field.most() ? -1 : elements(inside);
                    if (within < 0) {
                        return -1;
                    }
                    elements += within;
                }
            }
            case Collection<?> list -> {
                elements = elementsIn(list);
            }
            case Map<?, ?> entries -> {
                elements = elementsIn(entries.values());
            }
            case null, default -> {}
        }
        return elements;
    }

    private static int elementsIn(Collection<?> list) {
        int elements = list.size();
        for (Object element : list) {
            int within = element instanceof Record ? elements(element) : 0;
            if (within < 0) {
                return -1;
            }
            elements += within;
        }
        return elements;
    }

    /** Says which lists are too long. Paths are made only here: most documents have no such list. */
    private static void noteTooLong(@Nullable Object value, String path, List<FieldError> errors) {
        switch (value) {
            case Record owner -> {
                for (Field field : FIELDS.get(owner.getClass())) {
                    @Nullable Object inside = field.of(owner);
                    String at = path.isEmpty() ? field.name() : path + "." + field.name();
                    int size = sizeOf(inside);
                    if (size > field.most() && errors.size() < MOST) {
                        errors.add(Rejection.at(
                                at, size + " items", "at most %d items".formatted(field.most()), "wrong_size"));
                    } else {
                        noteTooLong(inside, at, errors);
                    }
                }
            }
            case Collection<?> list -> {
                int index = 0;
                for (Object element : list) {
                    if (element instanceof Record) {
                        noteTooLong(element, path + "[" + index + "]", errors);
                    }
                    index++;
                }
            }
            case Map<?, ?> entries ->
                entries.forEach((key, element) -> {
                    if (element instanceof Record) {
                        noteTooLong(element, path + "." + key, errors);
                    }
                });
            case null, default -> {}
        }
    }

    private static int sizeOf(@Nullable Object value) {
        return switch (value) {
            case Collection<?> list -> list.size();
            case Map<?, ?> entries -> entries.size();
            case null, default -> 0;
        };
    }

    private void walk(@Nullable Object value, String path, List<FieldError> errors) {
        if (errors.size() >= MOST) {
            return;
        }
        switch (value) {
            case Record owner -> {
                for (Field field : FIELDS.get(owner.getClass())) {
                    field(owner, field, path.isEmpty() ? "" : path + ".", errors);
                }
            }
            case Collection<?> list -> {
                int index = 0;
                for (Object element : list) {
                    walk(element, path + "[" + index++ + "]", errors);
                }
            }
            case Map<?, ?> entries -> entries.forEach((key, element) -> walk(element, path + "." + key, errors));
            case null, default -> {}
        }
    }

    private void field(Record owner, Field field, String prefix, List<FieldError> errors) {
        if (validator.getConstraintsForClass(owner.getClass()).getConstraintsForProperty(field.property()) == null) {
            return;
        }
        Violations.of(validator.validateProperty(owner, field.property())).stream()
                .limit(MOST - errors.size())
                .map(error -> new FieldError(
                        error.source(),
                        error.line(),
                        prefix + error.field(),
                        error.value(),
                        error.expected(),
                        error.code()))
                .forEach(errors::add);
        walk(field.of(owner), prefix + field.name(), errors);
    }
}
