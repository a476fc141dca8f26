package dev.apg.server.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    static final String BEARER = "bearer";
    static final String PLATFORM = "platform";
    static final String SESSION = "session";

    static {
        // Arguments that the edge fills; EdgeOperations documents what they are made from.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(TenantContext.class, PlatformContext.class, Paging.class, IfMatch.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("APG")
                        .version("1")
                        .description("""
                                Capability registry and composition engine: publish versions of capabilities, compose \
                                them into applications, freeze the result as a lock and render it as a bundle.

                                Errors are RFC 9457 problems with a stable `code`. Lists are paged by `limit` and \
                                `cursor`. Changes to what already exists need `If-Match`.""")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("this server")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(SESSION))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token of `POST /api/v1/tokens`, or the one that the first"
                                                + " start in development writes"))
                        .addSecuritySchemes(
                                SESSION,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("__Host-apg_session")
                                        .description(
                                                "The cookie of `POST /api/auth/login`; whatever changes something also"
                                                        + " needs `X-APG-CSRF` with the `csrf_token` of that answer or of `GET"
                                                        + " /api/v1/me`"))
                        .addSecuritySchemes(
                                PLATFORM,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The platform's key: `APG_API_KEY` of the server")));
    }

    /** Reads records as WireJson does. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        ObjectMapper mapper = mappers.jsonMapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        var resolver = new ModelResolver(mapper);
        resolver.setOpenapi31(true);
        return resolver;
    }

    @Bean
    WireSchemas wireSchemas() {
        return new WireSchemas();
    }

    @Bean
    OperationCustomizer edgeOperations() {
        return new EdgeOperations();
    }

    /** In this order: the problem's schema is completed like the others, and examples need all kinds of bodies. */
    @Bean
    OpenApiCustomizer wholeDocument(WireSchemas schemas) {
        var problems = new ProblemResponses();
        var examples = new RequestExamples();
        return document -> {
            problems.customise(document);
            schemas.complete(document);
            new WireDetails().customise(document);
            examples.customise(document);
        };
    }
}
