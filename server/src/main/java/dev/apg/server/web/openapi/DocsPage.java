package dev.apg.server.web.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The page {@code /api/docs}: Swagger UI from its own files, nothing from other hosts. */
@Configuration(proxyBeanMethods = false)
class DocsPage implements WebMvcConfigurer {
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PAGE = "forward:/api/docs/index.html";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/api/docs").setViewName(PAGE);
        registry.addViewController("/api/docs/").setViewName(PAGE);
        // Whoever types only the server's address into a browser; there is no other page.
        registry.addRedirectViewController("/", "/api/docs");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/api/docs/**")
                .addResourceLocations("classpath:/docs/")
                .addResourceLocations(swaggerUi());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("Content-Security-Policy", POLICY);
                        response.setHeader("Cache-Control", "no-cache");
                        return true;
                    }
                })
                .addPathPatterns("/api/docs/**");
    }

    /** The folder on the class path that has the library's files; its name holds a version. */
    private static Resource swaggerUi() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:/META-INF/resources/webjars/swagger-ui/*/swagger-ui.css");
            return found[0].createRelative("./");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
