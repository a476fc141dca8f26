package dev.apg.server.web;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who has the platform's key. */
public final class Platform extends AbstractAuthenticationToken {
    public Platform() {
        super(List.of());
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return "platform";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Platform;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Platform.class);
    }
}
