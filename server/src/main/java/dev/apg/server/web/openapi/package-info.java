/** The OpenAPI document, generated from controllers and records, and the page that shows it. */
@NullMarked
package dev.apg.server.web.openapi;

import org.jspecify.annotations.NullMarked;
