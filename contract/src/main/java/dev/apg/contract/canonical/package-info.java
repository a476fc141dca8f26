/** The one spelling of a JSON document (RFC 8785) and the digest of bytes, for what must stay the same for ever. */
@NullMarked
package dev.apg.contract.canonical;

import org.jspecify.annotations.NullMarked;
