package dev.apg.contract.secret;

import java.util.List;

/**
 * What is encrypted with which key.
 *
 * @param keys the newest first; those that are missing last
 */
public record EncryptionKeyUses(List<EncryptionKeyUse> keys) {
    public EncryptionKeyUses {
        keys = List.copyOf(keys);
    }
}
