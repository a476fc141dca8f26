/** Grants on one capability or composition: who owns it, and who else may do something with it. One place decides. */
@NullMarked
package dev.apg.server.grant;

import org.jspecify.annotations.NullMarked;
