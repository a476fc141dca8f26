package dev.apg.server.identity;

import dev.apg.contract.identity.IdentityProvider;
import dev.apg.server.platform.config.Settings;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Where browsers are sent to: addresses of this installation only, whatever a request says of its host. */
@Component
class SignOnAddresses {
    static final String PATH = "/api/auth/sso";

    /** A path of ours; what a browser might take for another host is none. */
    private static final Pattern OWN =
            Pattern.compile("/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}){0,499}");

    private final String publicUrl;

    SignOnAddresses(Settings settings) {
        this.publicUrl = settings.accessTokens().issuer().replaceFirst("/$", "");
    }

    /** Where a browser begins. */
    String login(String tenant, String provider) {
        return "%s%s/%s/%s".formatted(publicUrl, PATH, tenant, provider);
    }

    /** Where a provider sends it back to; each has one of its own, so that no answer is taken for that of another. */
    String callback(String tenant, String provider) {
        return login(tenant, provider) + "/callback";
    }

    static boolean isOwn(String path) {
        return OWN.matcher(path).matches();
    }

    URI page(String path) {
        return URI.create(publicUrl + path);
    }

    IdentityProvider wire(String tenant, ProviderRow provider) {
        ProviderRules rules = provider.rules();
        return new IdentityProvider(
                provider.id(),
                provider.code(),
                provider.displayName(),
                provider.issuer(),
                provider.clientId(),
                callback(tenant, provider.code()),
                login(tenant, provider.code()),
                rules.scopes(),
                rules.claims().wire(),
                rules.roles(),
                rules.accounts(),
                rules.secondFactors(),
                provider.disabled(),
                provider.createdAt(),
                provider.updatedAt());
    }
}
