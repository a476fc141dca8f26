/** Tenants, tokens and who may do what. */
@NullMarked
package dev.apg.server.account;

import org.jspecify.annotations.NullMarked;
