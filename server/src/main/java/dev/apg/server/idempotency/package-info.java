/**
 * Requests that may be sent twice and are carried out once: {@code Idempotency-Key}. A filter around every POST; features
 * do not know of it, except that they mark answers that must not be kept ({@code SecretAnswer}).
 */
@NullMarked
package dev.apg.server.idempotency;

import org.jspecify.annotations.NullMarked;
