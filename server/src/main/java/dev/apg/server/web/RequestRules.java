package dev.apg.server.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Refuses what a controller method would silently ignore: query parameters that it does not know or that are given twice,
 * bodies over its limit, encodings that nobody undoes, kinds of answers that cannot be read.
 */
class RequestRules implements HandlerInterceptor {
    private static final int MAX_VALUE = 4_000;

    /** Whoever asks changes nothing, whatever comes behind the question. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Map<Method, Accepted> methods = new ConcurrentHashMap<>();

    /**
     * What a method takes: query parameters by name, a body, how much of one.
     *
     * @param others whether it takes no notice of further parameters
     */
    private record Accepted(Map<String, Accepting> parameters, boolean others, boolean body, long bodyLimit) {}

    /**
     * How a parameter is taken.
     *
     * @param repeatable whether it may be given more than once
     * @param type what it is read as; an empty one is a text at most, never somebody's default
     */
    private record Accepting(boolean repeatable, Class<?> type) {}

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith("dev.apg.")) {
            Accepted accepted = methods.computeIfAbsent(method.getMethod(), ignored -> accepted(method));
            checkParameters(request, accepted.parameters(), accepted.others());
            checkBody(request, accepted.bodyLimit());
            checkAccept(request);
            if (!accepted.body() && !SAFE.contains(request.getMethod())) {
                readToTheEnd(request);
            }
        }
        return true;
    }

    /** Before anything is done: what cannot be read would be found out when the answer is written. */
    private static void checkAccept(HttpServletRequest request) {
        try {
            MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        } catch (InvalidMediaTypeException unreadable) {
            throw Rejection.of(
                    HttpStatus.NOT_ACCEPTABLE,
                    "media_type.not_acceptable",
                    "Accept cannot be read (expected: media types, such as application/json).",
                    List.of());
        }
    }

    private static void checkParameters(HttpServletRequest request, Map<String, Accepting> accepted, boolean others) {
        if (request.getQueryString() == null) {
            return;
        }
        request.getParameterMap().forEach((name, values) -> {
            Accepting known = accepted.get(name);
            if (known == null && others) {
                return;
            }
            if (known == null) {
                throw Rejection.malformed(
                        "parameter.unknown",
                        String.valueOf(Rejection.shortened(name)),
                        values[0],
                        accepted.isEmpty()
                                ? "no query parameters"
                                : "one of " + String.join(", ", new TreeSet<>(accepted.keySet())));
            }
            if (values.length > 1 && !known.repeatable()) {
                throw Rejection.malformed("parameter.repeated", name, String.join(", ", values), "one value");
            }
            for (String value : values) {
                if (value.length() > MAX_VALUE) {
                    throw Rejection.malformed(
                            "parameter.too_long", name, value, "at most %d characters".formatted(MAX_VALUE));
                }
                if (value.isEmpty() && known.type() != String.class) {
                    throw Rejection.malformed("parameter.wrong_type", name, value, Expectations.of(known.type()));
                }
            }
        });
    }

    private static void checkBody(HttpServletRequest request, long limit) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Rejection.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "content_encoding.not_supported",
                    "Content-Encoding: %s (expected: identity)".formatted(Rejection.shortened(encoding)),
                    List.of());
        }
        LimitedRequest limited = WebUtils.getNativeRequest(request, LimitedRequest.class);
        if (limited != null) {
            limited.limit(limit);
        }
    }

    /** A body that nobody takes is received, too, before anything is done: its end may be missing. */
    private static void readToTheEnd(HttpServletRequest request) throws IOException {
        request.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** By Spring, or by itself as one of the media types that it names. */
    private static boolean takesBody(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return (mapping != null && mapping.consumes().length > 0)
                || Arrays.stream(method.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    private static Accepted accepted(HandlerMethod method) {
        var parameters = new HashMap<String, Accepting>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (type == Paging.class) {
                // Paging itself says what it expects.
                parameters.put("limit", new Accepting(false, String.class));
                parameters.put("cursor", new Accepting(false, String.class));
            }
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null && !Map.class.isAssignableFrom(type)) {
                String name = named.name().isEmpty() ? parameter.getParameter().getName() : named.name();
                boolean repeatable = type.isArray() || Collection.class.isAssignableFrom(type);
                parameters.put(name, new Accepting(repeatable, repeatable ? String.class : type));
            }
        }
        // A method that takes its parameters as a map says on itself which ones there are.
        documented(method.getMethod()).forEach(name -> parameters.putIfAbsent(name, new Accepting(true, String.class)));
        BodyLimit limit = method.getMethodAnnotation(BodyLimit.class);
        return new Accepted(
                Map.copyOf(parameters),
                method.hasMethodAnnotation(IgnoresUnknownParameters.class),
                takesBody(method),
                limit == null ? BodyLimit.DEFAULT : limit.value());
    }

    private static Set<String> documented(Method method) {
        Operation operation = AnnotatedElementUtils.findMergedAnnotation(method, Operation.class);
        var names = new HashSet<String>();
        Stream.concat(
                        Arrays.stream(method.getAnnotationsByType(Parameter.class)),
                        operation == null ? Stream.empty() : Arrays.stream(operation.parameters()))
                .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                .map(Parameter::name)
                .forEach(names::add);
        return names;
    }
}
