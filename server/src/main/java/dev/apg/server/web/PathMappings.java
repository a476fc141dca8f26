package dev.apg.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the controller method of a path. Spring asks every method, and each looks at the media types before it looks at the
 * path; that was an eighth of a small answer. Here a method is only asked if the path begins like its own and is as deep.
 */
class PathMappings extends RequestMappingHandlerMapping {
    private final Map<RequestMappingInfo, Shape> shapes = new ConcurrentHashMap<>();

    /**
     * What tells that a path is none of a method's.
     *
     * @param beginning of all its paths, before the first variable
     * @param slashes in each of its paths; negative if they differ
     */
    private record Shape(String beginning, int slashes) {
        static final Shape ANY = new Shape("", -1);

        static Shape of(RequestMappingInfo mapping) {
            PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
            if (paths == null || paths.getPatterns().size() != 1) {
                return ANY;
            }
            String pattern = paths.getFirstPattern().getPatternString();
            int variable = indexOfAny(pattern, "{*?");
            boolean isOpen = pattern.contains("*");
            return new Shape(pattern.substring(0, variable), isOpen ? -1 : slashes(pattern));
        }

        boolean fits(String path) {
            return path.startsWith(beginning) && (slashes < 0 || slashes == slashes(path));
        }

        private static int indexOfAny(String text, String characters) {
            int at = 0;
            while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return at;
        }

        private static int slashes(String path) {
            int count = 0;
            for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
                count++;
            }
            return count;
        }
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, HttpServletRequest request) {
        String path = request.getRequestURI();
        // Escapes and parameters are for Spring to understand.
        boolean isPlain = path.indexOf('%') < 0 && path.indexOf(';') < 0;
        return isPlain && !shapes.computeIfAbsent(mapping, Shape::of).fits(path)
                ? null
                : super.getMatchingMapping(mapping, request);
    }
}
