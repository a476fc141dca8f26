/** The audit log as clients read it, and the chain that shows tampering with it. */
@NullMarked
package dev.apg.contract.audit;

import org.jspecify.annotations.NullMarked;
