package dev.apg.contract.secret;

import java.util.List;

/**
 * The keys that access tokens are signed with.
 *
 * @param keys the last to sign first, then the hundred that were taken away last
 */
public record SigningKeyList(List<SigningKeyDetail> keys) {
    public SigningKeyList {
        keys = List.copyOf(keys);
    }
}
