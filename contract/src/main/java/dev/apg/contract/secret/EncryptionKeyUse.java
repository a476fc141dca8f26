package dev.apg.contract.secret;

import java.util.Map;

/**
 * What a key encrypts.
 *
 * @param id tells it from others, and nothing else about it
 * @param secrets how many of each kind, of all tenants together
 */
public record EncryptionKeyUse(String id, EncryptionKeyState state, Map<String, Long> secrets) {}
