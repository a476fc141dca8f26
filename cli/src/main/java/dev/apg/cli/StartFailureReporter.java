package dev.apg.cli;

import org.springframework.boot.SpringBootExceptionReporter;

/**
 * Keeps Spring from logging a stack trace for a failure to start that {@link ExecutionFailures} tells in one sentence. Spring finds it
 * through {@code META-INF/spring.factories}.
 */
final class StartFailureReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return ExecutionFailures.tell(failure).isPresent();
    }
}
