package dev.apg.server.web.openapi;

import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.AskingPaths;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Documents what the edge does for every operation: paging, preconditions, cursors, idempotency, and its feature's tag. */
class EdgeOperations implements OperationCustomizer {
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        List<? extends Class<?>> arguments = Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .toList();
        String feature = method.getBeanType().getPackageName();
        operation.setTags(
                List.of(feature.substring(feature.lastIndexOf('.') + 1).replace("web", "health")));
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn().equals("path")
                            && parameter.getName().equals("code"))
                    .forEach(code ->
                            code.description("One segment: a slash in it is written `%2F`, as in `acme%2Fredis`"));
        }
        if (arguments.contains(Paging.class)) {
            operation.addParametersItem(query(
                            "limit",
                            new IntegerSchema()
                                    .minimum(BigDecimal.ONE)
                                    .maximum(BigDecimal.valueOf(Paging.MAX_LIMIT))
                                    ._default(Paging.DEFAULT_LIMIT))
                    .description("How many items at most"));
            operation.addParametersItem(query("cursor", new StringSchema())
                    .description("The `next_cursor` of the page before, with the same filters and sort"));
        }
        if (arguments.contains(IfMatch.class)) {
            operation.addParametersItem(header("If-Match", "\"7\"")
                    .required(true)
                    .description("The `ETag` of what is to be changed; `*` for whatever is there"));
        }
        if (arguments.contains(PlatformContext.class)) {
            operation.setSecurity(List.of(new SecurityRequirement().addList(OpenApiConfiguration.PLATFORM)));
            if (method.hasMethodAnnotation(AnswersEntityTag.class)) {
                addToAnswers(operation, "ETag", "What If-Match of a change takes", "\"7\"");
            }
            return operation;
        }
        if (!arguments.contains(TenantContext.class)) {
            operation.setSecurity(List.of());
            return operation;
        }
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        add(
                operation,
                header(CursorHeader.MIN_SEQ, "1.42")
                        .description(
                                "The answer must include this cursor; a node that is behind waits, for a bounded time"));
        if (mapping != null
                && Arrays.asList(mapping.method()).contains(RequestMethod.POST)
                && !AskingPaths.contain(path(method, mapping))) {
            add(
                    operation,
                    header("Idempotency-Key", "4f1c8b0e")
                            .description(
                                    "Sent again within a day by the same caller with the same content, it brings the first successful answer back"));
        }
        addToAnswers(
                operation,
                CursorHeader.SEQ,
                "The cursor that the answer stands for; not on answers that need nothing of the catalogue",
                "1.42");
        if (method.hasMethodAnnotation(AnswersEntityTag.class)) {
            addToAnswers(operation, "ETag", "What If-Match of a change and If-None-Match of a read take", "\"7\"");
            if (mapping != null && Arrays.asList(mapping.method()).contains(RequestMethod.GET)) {
                add(
                        operation,
                        header("If-None-Match", "\"7\"").description("The `ETag` of the answer that the client keeps"));
                operation
                        .getResponses()
                        .addApiResponse("304", new ApiResponse().description("Still what the client keeps"));
            }
        }
        return operation;
    }

    private static String path(HandlerMethod method, RequestMapping own) {
        RequestMapping common = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequestMapping.class);
        String prefix = common == null ? "" : String.join("", common.path());
        return prefix + String.join("", own.path());
    }

    private static void addToAnswers(Operation operation, String name, String description, String example) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeaderObject(
                        name, new Header().description(description).schema(new StringSchema().example(example)));
            }
        });
    }

    /** Two methods that differ in what they accept are one operation of the document, and come here one after the other. */
    private static void add(Operation operation, Parameter parameter) {
        boolean known = operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(other -> parameter.getName().equals(other.getName())
                                && parameter.getIn().equals(other.getIn()));
        if (!known) {
            operation.addParametersItem(parameter);
        }
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).required(false).schema(schema);
    }

    private static Parameter header(String name, String example) {
        return new Parameter()
                .in("header")
                .name(name)
                .required(false)
                .schema(new StringSchema())
                .example(example);
    }
}
