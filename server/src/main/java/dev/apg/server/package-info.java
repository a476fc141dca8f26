@NullMarked
package dev.apg.server;

import org.jspecify.annotations.NullMarked;
