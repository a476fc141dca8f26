package dev.apg.server.web;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Lets controller methods take {@link TenantContext}, {@link Paging} and {@link IfMatch} as arguments. */
class EdgeArguments implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == TenantContext.class
                || type == PlatformContext.class
                || type == Paging.class
                || type == IfMatch.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Class<?> type = parameter.getParameterType();
        if (type == Paging.class) {
            return Paging.parse(request.getParameter("limit"), request.getParameter("cursor"));
        }
        if (type == IfMatch.class) {
            return ifMatch(request.getHeader(HttpHeaders.IF_MATCH));
        }
        HttpServletRequest received = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return type == PlatformContext.class ? platform(received) : context(received);
    }

    /**
     * @throws PermissionDeniedException for everybody of a tenant
     */
    private static PlatformContext platform(HttpServletRequest request) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Platform) {
            return new PlatformContext(RequestIds.of(request), Optional.of(request.getRemoteAddr()));
        }
        context(request).require(Permission.PLATFORM_ADMINISTER);
        throw new IllegalStateException("a tenant's role has a permission of the platform");
    }

    private static IfMatch ifMatch(@Nullable String header) {
        if (header == null) {
            throw Rejection.of(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition.required",
                    "If-Match is missing (expected: the ETag of what is to be changed, or *)",
                    List.of());
        }
        return IfMatch.parse(header);
    }

    /** Who sends a request, and for which tenant. */
    static TenantContext context(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof Platform) {
            throw Rejection.of(
                    HttpStatus.FORBIDDEN,
                    "platform.no_tenant",
                    "The platform's key belongs to no tenant (expected: a token of the tenant; the key is for /api/v1/tenants).",
                    List.of());
        }
        if (!(authentication instanceof Caller caller)) {
            throw new IllegalStateException("a controller that needs a tenant is open to requests without a token");
        }
        return caller.context(request, CursorHeader.minimum(once(request, CursorHeader.MIN_SEQ)));
    }

    /** Of two values one would be ignored, and the client would believe that it counted. */
    private static @Nullable String once(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw Rejection.of(
                    HttpStatus.BAD_REQUEST,
                    "request.header_repeated",
                    "%s: sent %d times (expected: once)".formatted(name, values.size()),
                    List.of());
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
