package dev.apg.contract.account;

import java.util.List;

/**
 * For somebody whose authenticator is lost.
 *
 * @param recoveryCodes each good once; shown this once and kept nowhere
 */
public record RecoveryCodes(List<String> recoveryCodes) {
    public RecoveryCodes {
        recoveryCodes = List.copyOf(recoveryCodes);
    }
}
