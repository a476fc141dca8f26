/** The way to the database: address, pool, roles, migrations. */
@NullMarked
package dev.apg.server.platform.database;

import org.jspecify.annotations.NullMarked;
