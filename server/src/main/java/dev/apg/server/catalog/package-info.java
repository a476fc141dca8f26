/** The in-memory snapshot of each tenant and the feed that keeps it current; what reads, resolving and search run on. */
@NullMarked
package dev.apg.server.catalog;

import org.jspecify.annotations.NullMarked;
