/** Single sign-on: identity providers of tenants, and the logins that go by way of them. */
@NullMarked
package dev.apg.server.identity;

import org.jspecify.annotations.NullMarked;
