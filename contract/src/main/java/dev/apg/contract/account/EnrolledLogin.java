package dev.apg.contract.account;

import java.util.List;

/**
 * A login that is complete, of an account that has a second factor from now on.
 *
 * @param recoveryCodes each good once, in place of a code; shown this once and kept nowhere
 */
public record EnrolledLogin(LoginAnswer login, List<String> recoveryCodes) {
    public EnrolledLogin {
        recoveryCodes = List.copyOf(recoveryCodes);
    }
}
