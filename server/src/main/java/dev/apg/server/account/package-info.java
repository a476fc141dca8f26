/** Who comes in: tokens, the platform's key, and whether a tenant is open to its members. */
@NullMarked
package dev.apg.server.account;

import org.jspecify.annotations.NullMarked;
