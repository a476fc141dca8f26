package dev.apg.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the controller method of a path. Spring asks every method whose path has a variable, and each looks at the media
 * types before it looks at the path; that was an eighth of a small answer. Here a method is only asked if its path is as
 * deep and begins like the request's. Whatever is not plainly one method's (several fit, none fits, the path has escapes) is
 * for Spring to decide.
 */
class PathMappings extends RequestMappingHandlerMapping {
    /** The methods by the number of slashes in their paths; those whose paths vary in that are left to Spring. */
    private volatile Map<Integer, List<Mapped>> byDepth = Map.of();

    /**
     * A method and what its path begins with.
     *
     * @param beginning the path before its first variable
     */
    private record Mapped(String beginning, RequestMappingInfo mapping, HandlerMethod method) {
        static boolean isOfOneDepth(RequestMappingInfo mapping) {
            PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
            return paths != null
                    && paths.getPatterns().size() == 1
                    && !path(mapping).contains("*");
        }

        static Mapped of(RequestMappingInfo mapping, HandlerMethod method) {
            String path = path(mapping);
            int variable = path.indexOf('{');
            return new Mapped(variable < 0 ? path : path.substring(0, variable), mapping, method);
        }

        int depth() {
            return slashes(path(mapping));
        }

        private static String path(RequestMappingInfo mapping) {
            return mapping.getPatternValues().iterator().next();
        }
    }

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> methods) {
        super.handlerMethodsInitialized(methods);
        byDepth = methods.entrySet().stream()
                .filter(entry -> Mapped.isOfOneDepth(entry.getKey()))
                .map(entry -> Mapped.of(entry.getKey(), entry.getValue()))
                .collect(Collectors.groupingBy(Mapped::depth, Collectors.toUnmodifiableList()));
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        boolean isPlain = path.indexOf('%') < 0 && path.indexOf(';') < 0;
        HandlerMethod found = isPlain ? only(path, request) : null;
        return found == null ? super.lookupHandlerMethod(path, request) : found;
    }

    private @Nullable HandlerMethod only(String path, HttpServletRequest request) {
        Mapped only = null;
        RequestMappingInfo match = null;
        for (Mapped mapped : byDepth.getOrDefault(slashes(path), List.of())) {
            if (path.startsWith(mapped.beginning())) {
                RequestMappingInfo matching = getMatchingMapping(mapped.mapping(), request);
                if (matching != null && only != null) {
                    return null;
                }
                if (matching != null) {
                    only = mapped;
                    match = matching;
                }
            }
        }
        if (only == null || match == null) {
            return null;
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, only.method());
        handleMatch(match, path, request);
        return only.method();
    }

    private static int slashes(String path) {
        int count = 0;
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            count++;
        }
        return count;
    }
}
