package dev.apg.server.limit;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.web.Rejection;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever guesses: the more attempts were in vain, the longer until the next one. Each is counted before it is made, so
 * that many at once are no way around, and given back if it was right, except where it is costly even then. Counted in any case,
 * whatever else has a rate.
 */
@Component
public class Attempts {
    /** Of what; with two rates, of which the second one makes the waits longer. */
    public enum Kind {
        /** At one account from one place. */
        PLACE(5, Duration.ofMinutes(1), 20, Duration.ofMinutes(15)),
        /** At one account from all places where nobody has come in before. */
        ACCOUNT(20, Duration.ofMinutes(1), 100, Duration.ofMinutes(15)),
        /** Mails to one account that are wanted from one place. */
        MAIL(3, Duration.ofMinutes(5), 10, Duration.ofHours(2)),
        /** Mails to one account that are wanted from all places where nobody has come in before. */
        MAIL_ANYWHERE(10, Duration.ofMinutes(5), 30, Duration.ofHours(2)),
        /** To one account from one place, whether or not in vain: each costs a hash, and may leave a session and an audit entry. */
        LOGIN(30, Duration.ofSeconds(10), 300, Duration.ofMinutes(1));

        private final BucketConfiguration bucket;

        Kind(int first, Duration between, int most, Duration later) {
            bucket = BucketConfiguration.builder()
                    .addLimit(limit -> limit.capacity(first).refillIntervally(1, between))
                    .addLimit(limit -> limit.capacity(most).refillIntervally(1, later))
                    .build();
        }

        BucketConfiguration bucket() {
            return bucket;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Buckets buckets;

    Attempts(Buckets buckets) {
        this.buckets = buckets;
    }

    /** An attempt that may be made. */
    public final class Attempt {
        private final List<Tried> counted;

        private Attempt(List<Tried> counted) {
            this.counted = counted;
        }

        /** It was no guess. */
        public void giveBack() {
            counted.stream().filter(one -> one.kind() != Kind.LOGIN).forEach(buckets::giveBack);
        }
    }

    /**
     * Counts an attempt.
     *
     * @param tried what it is at, by kind; it is kept as a digest
     * @throws Rejection 429 {@code login.too_often}, if there were too many
     */
    public Attempt begin(Map<Kind, String> tried) {
        List<Tried> counted = new ArrayList<>();
        tried.forEach((kind, id) -> {
            var one = new Tried(
                    kind, Digest.of(id.getBytes(StandardCharsets.UTF_8)).toString());
            ConsumptionProbe taken = buckets.take(one);
            if (!taken.isConsumed()) {
                // Whoever waits loses nothing by having asked.
                counted.forEach(buckets::giveBack);
                Duration wait = Duration.ofSeconds(Limit.seconds(taken.getNanosToWaitForRefill()));
                throw Rejection.tooMany(
                        "login.too_often",
                        "There were too many attempts (expected: the next one in %d s).".formatted(wait.toSeconds()),
                        wait);
            }
            counted.add(one);
        });
        return new Attempt(counted);
    }
}
