package dev.apg.contract;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says of a text which character cannot be seen in it. */
public final class VisibleTextValidator implements ConstraintValidator<VisibleText, String> {
    private boolean lines;

    @Override
    public void initialize(VisibleText constraint) {
        lines = constraint.lines();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        if (text == null || text.isEmpty()) {
            return true;
        }
        OptionalInt hidden = HiddenCharacters.firstIn(text, lines);
        if (hidden.isPresent()) {
            String name = HiddenCharacters.name(hidden.getAsInt());
            return refuse(
                    context,
                    lines ? "text that can be seen, without " + name : "one line that can be seen, without " + name);
        }
        return lines || !HiddenCharacters.isBlank(text) || refuse(context, "text that is not all blank");
    }

    private static boolean refuse(ConstraintValidatorContext context, String expected) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(expected).addConstraintViolation();
        return false;
    }
}
