/** What kinds of work there are in a tenant: roles that every tenant has, and those that it made. */
@NullMarked
package dev.apg.server.role;

import org.jspecify.annotations.NullMarked;
