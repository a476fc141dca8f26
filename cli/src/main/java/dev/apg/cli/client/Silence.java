package dev.apg.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up a server of which nothing was heard for a while, in one exchange. {@link java.net.http.HttpClient} has a limit for
 * all that comes before the answer's body, which would break off long uploads, and none for the body.
 */
final class Silence {
    private final Duration longest;
    private volatile long heard = System.nanoTime();

    Silence(Duration longest) {
        this.longest = longest;
    }

    /** It lasted too long. */
    static final class TooLong extends IOException {
        TooLong(Duration longest) {
            super("not a byte for %d s".formatted(longest.toSeconds()));
        }
    }

    /** The same request, of whose body each part that the server takes breaks the silence. */
    HttpRequest brokenBy(HttpRequest request) {
        return request.bodyPublisher()
                .map(body -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), counting(body))
                        .build())
                .orElse(request);
    }

    private BodyPublisher counting(BodyPublisher body) {
        long length = body.contentLength();
        if (length == 0) {
            return body;
        }
        Flow.Publisher<ByteBuffer> counting = taker -> body.subscribe(new Taking(taker));
        return length < 0 ? BodyPublishers.fromPublisher(counting) : BodyPublishers.fromPublisher(counting, length);
    }

    /** Waits for an answer's beginning. */
    <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException, TooLong {
        while (true) {
            try {
                return answer.get(Math.max(0, left()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left() <= 0) {
                    answer.cancel(true);
                    throw new TooLong(longest);
                }
            }
        }
    }

    /** The body of an answer, which fails where the server is silent for too long; how fast it is read does not matter. */
    InputStream brokenBy(InputStream body) {
        return new Body(body);
    }

    private void hear() {
        heard = System.nanoTime();
    }

    private long left() {
        return longest.toNanos() - (System.nanoTime() - heard);
    }

    private final class Taking implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> taker;

        Taking(Flow.Subscriber<? super ByteBuffer> taker) {
            this.taker = taker;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            taker.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer part) {
            hear();
            taker.onNext(part);
        }

        @Override
        public void onError(Throwable failure) {
            taker.onError(failure);
        }

        @Override
        public void onComplete() {
            hear();
            taker.onComplete();
        }
    }

    /** A read that waits cannot be asked to stop, so another thread closes the stream under it. */
    private final class Body extends FilterInputStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean waiting;
        private volatile boolean givenUp;

        Body(InputStream body) {
            super(body);
            Thread.ofVirtual().start(this::watch);
        }

        private void watch() {
            try {
                while (!closed.await(Math.max(1, left()), TimeUnit.NANOSECONDS)) {
                    if (!waiting) {
                        // Whoever reads does something else: that is not the server's silence.
                        hear();
                    } else if (left() <= 0) {
                        givenUp = true;
                        closeUnderReader();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void closeUnderReader() {
            try {
                in.close();
            } catch (IOException e) {
                // The reader gets the failure that counts.
            }
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            hear();
            waiting = true;
            try {
                int count = in.read(bytes, offset, length);
                if (givenUp) {
                    throw new TooLong(longest);
                }
                return count;
            } catch (IOException failure) {
                throw givenUp ? new TooLong(longest) : failure;
            } finally {
                waiting = false;
            }
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            super.close();
        }
    }
}
