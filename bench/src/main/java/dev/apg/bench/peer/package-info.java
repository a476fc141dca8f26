/** Other solvers, asked the same questions in the same run. What is not installed is not asked. */
@NullMarked
package dev.apg.bench.peer;

import org.jspecify.annotations.NullMarked;
