/** Issuers of OpenID Connect tokens: what they say of themselves, their keys, and whether a token is theirs. */
@NullMarked
package dev.apg.server.issuer;

import org.jspecify.annotations.NullMarked;
