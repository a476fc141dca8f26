/** Tokens, and who the caller is. */
@NullMarked
package dev.apg.contract.account;

import org.jspecify.annotations.NullMarked;
