/** The HTTP edge shared by all features: problems, paging, limits, security, headers. */
@NullMarked
package dev.apg.server.web;

import org.jspecify.annotations.NullMarked;
