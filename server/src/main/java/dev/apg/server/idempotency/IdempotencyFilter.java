package dev.apg.server.idempotency;

import dev.apg.server.web.AskingPaths;
import dev.apg.server.web.Caller;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.RequestIds;
import dev.apg.server.web.SecretAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Carries a POST with an {@code Idempotency-Key} out once: sent again by the same caller with the same content, it brings
 * the first answer back. Only what succeeded is kept; a request that was refused changed nothing. After
 * draft-ietf-httpapi-idempotency-key-header.
 */
@Component
@Order(IdempotencyFilter.AFTER_AUTHENTICATION)
class IdempotencyFilter extends OncePerRequestFilter {
    static final int AFTER_AUTHENTICATION = 0;

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG, CursorHeader.SEQ);

    /** Larger answers are not kept, in bytes. */
    private static final int LARGEST_KEPT = 1 << 20;

    private final IdempotencyKeys keys;
    private final KeptVolume volume;

    IdempotencyFilter(IdempotencyKeys keys, KeptVolume volume) {
        this.keys = keys;
        this.volume = volume;
    }

    /** What is asked twice does no harm, and what was answered would be kept for nothing. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !"POST".equals(request.getMethod())
                || AskingPaths.contain(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (!(authentication instanceof Caller caller)) {
            chain.doFilter(request, response);
            return;
        }
        String key = key(request);
        var attempt = new Attempt(OwnKey.of(caller, key), RequestIds.of(request));
        switch (keys.claim(attempt.key(), attempt.requestId())) {
            case Claim.Granted granted -> carryOut(attempt, request, response, chain);
            case Claim.Answered(KeptAnswer answer) -> replay(attempt, answer, request, response);
            case Claim.UnderWay underWay ->
                throw Rejection.conflict(
                        "idempotency_key.under_way",
                        "%s: %s is the key of a request that is still being carried out, or whose node died less than %d minutes ago (expected: to be sent again later)"
                                .formatted(HEADER, key, IdempotencyKeys.LEASE.toMinutes()));
            case Claim.AnswerLost(String requestId) ->
                throw Rejection.conflict(
                        "idempotency_key.answer_lost",
                        "%s: the first request with %s was carried out, as the events of request %s show, but its answer was lost"
                                .formatted(HEADER, key, requestId));
        }
    }

    private record Attempt(OwnKey key, String requestId) {}

    private static String key(HttpServletRequest request) {
        List<String> sent = Collections.list(request.getHeaders(HEADER));
        String key = String.join(", ", sent);
        if (sent.size() != 1 || !KEY.matcher(key).matches()) {
            throw Rejection.malformed(
                    "idempotency_key.malformed", HEADER, key, "one key of 1 to 255 visible ASCII characters");
        }
        return key;
    }

    private void carryOut(Attempt attempt, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var printed = new PrintedRequest(request);
        var held = new HeldResponse(response);
        boolean settled = false;
        try {
            chain.doFilter(printed, held);
            settle(attempt, printed, held);
            settled = true;
        } finally {
            if (!settled) {
                leaveOpen(attempt);
            }
        }
        held.release();
    }

    private void settle(Attempt attempt, PrintedRequest request, HeldResponse response) throws IOException {
        int status = response.getStatus();
        if (status < 300) {
            boolean keep = response.body().length <= LARGEST_KEPT && !isSecret(request);
            Optional<byte[]> body = keep ? Optional.of(response.body()) : Optional.empty();
            keys.keep(
                    attempt.key(),
                    attempt.requestId(),
                    new KeptAnswer(request.print(), status, headers(response), body));
            volume.add(attempt.key().tenantId(), body.map(bytes -> bytes.length).orElse(0));
        } else if (status < 500) {
            keys.giveBack(attempt.key(), attempt.requestId());
        } else {
            leaveOpen(attempt);
        }
    }

    /** Where even this fails, the database is away, and the key is free again when its lease ends. */
    private void leaveOpen(Attempt attempt) {
        try {
            keys.leaveOpen(attempt.key(), attempt.requestId());
        } catch (DataAccessException | TransactionException away) {
            log.debug("A key could not be left open.", away);
        }
    }

    private static boolean isSecret(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
                && method.hasMethodAnnotation(SecretAnswer.class);
    }

    private static Map<String, String> headers(HttpServletResponse response) {
        var headers = new LinkedHashMap<String, String>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static void replay(
            Attempt attempt, KeptAnswer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!new PrintedRequest(request).matches(answer.print(), raw(request))) {
            throw Rejection.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency_key.reused",
                    "%s: %s is the key of another request (expected: a new key for each request)"
                            .formatted(HEADER, attempt.key().text()),
                    List.of());
        }
        byte[] body = answer.body()
                .orElseThrow(() -> Rejection.conflict(
                        "idempotency_key.answer_not_kept",
                        "%s: the first request with %s was carried out and answered with %d; an answer with a secret, a large one, one of before somebody's access was changed, or one after which many others came is not kept"
                                .formatted(HEADER, attempt.key().text(), answer.status())));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Without the edge's limit on bodies, which only the controller knows; no more is read than was the first time. */
    private static HttpServletRequest raw(HttpServletRequest request) {
        HttpServletRequest raw = request;
        while (raw instanceof HttpServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest inner) {
            raw = inner;
        }
        return raw;
    }
}
