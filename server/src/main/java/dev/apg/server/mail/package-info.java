/** Mail to people: kept with what it is about, sent afterwards. */
@NullMarked
package dev.apg.server.mail;

import org.jspecify.annotations.NullMarked;
