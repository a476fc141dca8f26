/** What secrets are encrypted and tokens are signed with, as whoever runs the installation sees it. */
@NullMarked
package dev.apg.contract.secret;

import org.jspecify.annotations.NullMarked;
