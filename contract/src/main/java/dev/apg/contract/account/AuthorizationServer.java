package dev.apg.contract.account;

import java.util.List;

/**
 * What OAuth clients look up before they ask for a token (RFC 8414); the names are those of the standard.
 *
 * @param jwksUri where the keys are that tokens are checked with
 * @param responseTypesSupported none: there is no page on which people would let a client in
 */
public record AuthorizationServer(
        String issuer,
        String tokenEndpoint,
        String jwksUri,
        List<String> scopesSupported,
        List<String> responseTypesSupported,
        List<String> grantTypesSupported,
        List<String> tokenEndpointAuthMethodsSupported) {}
