/** Capabilities, versions and services: publish, import, export, life cycle. */
@NullMarked
package dev.apg.server.capability;

import org.jspecify.annotations.NullMarked;
