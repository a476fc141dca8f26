/** What the administrators of a tenant say of how it works. */
@NullMarked
package dev.apg.server.setting;

import org.jspecify.annotations.NullMarked;
