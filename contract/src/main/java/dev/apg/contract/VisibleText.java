package dev.apg.contract;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text for people, in which they see all that is there: no {@link HiddenCharacters}, and unless it may have several lines,
 * one line that is not all blank. The empty text will do; how long it has to be is for {@code @Size} to say.
 */
@Documented
@Constraint(validatedBy = VisibleTextValidator.class)
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleText {
    /** Whether it may have several lines, and tabs. */
    boolean lines() default false;

    /** Never seen: what is wrong is said with the character. */
    String message() default "text that can be seen";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
