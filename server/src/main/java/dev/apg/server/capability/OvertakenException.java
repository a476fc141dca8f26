package dev.apg.server.capability;

import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Another transaction committed something that this one had decided on. The write is decided anew, which {@code Writes}
 * does for every failure of this kind.
 */
final class OvertakenException extends PessimisticLockingFailureException {
    OvertakenException(String what) {
        super(what + " changed while it was being written");
    }
}
