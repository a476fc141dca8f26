package dev.apg.server.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a controller method: how large a body it takes, in bytes. Without it, {@link #DEFAULT}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyLimit {
    /** 4 MiB. */
    long DEFAULT = 4L * 1024 * 1024;

    long value();
}
