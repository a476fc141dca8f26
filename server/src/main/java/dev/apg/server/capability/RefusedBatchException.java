package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;

/** Takes back the transaction of an import that has errors; the answer is made of them outside of it. */
final class RefusedBatchException extends RuntimeException {
    private final transient Bounded<FieldError> errors;

    RefusedBatchException(Bounded<FieldError> errors) {
        super("the batch has %d errors".formatted(errors.total()), null, false, false);
        this.errors = errors;
    }

    Bounded<FieldError> errors() {
        return errors;
    }
}
