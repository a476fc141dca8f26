package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.validation.Validator;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** How requests are turned into arguments, and arguments into answers. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration implements WebMvcConfigurer {
    private static final Set<Class<?>> CONVERTERS = Set.of(
            DocumentConverter.class,
            ByteArrayHttpMessageConverter.class,
            StringHttpMessageConverter.class,
            ResourceHttpMessageConverter.class,
            JsonAnswers.class);

    private final ObjectProvider<DocumentReader> documents;

    EdgeConfiguration(ObjectProvider<DocumentReader> documents) {
        this.documents = documents;
    }

    @Bean
    JsonMapper wireJson() {
        return WireJson.MAPPER;
    }

    @Bean
    WebMvcRegistrations mappings() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new PathMappings();
            }
        };
    }

    /** Not an advice with a method for each request to call: what is bound is the same for all. */
    @Bean
    ConfigurableWebBindingInitializer binding(
            @Qualifier("mvcConversionService") FormattingConversionService conversions,
            @Qualifier("mvcValidator") Validator validator) {
        var binding = new ConfigurableWebBindingInitializer();
        binding.setConversionService(conversions);
        binding.setValidator(validator);
        binding.setPropertyEditorRegistrar(new StrictParameters());
        return binding;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new EdgeArguments());
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new DocumentConverter(documents.getObject()));
        builder.withJsonConverter(new JsonAnswers(WireJson.MAPPER));
        // Libraries on the class path would otherwise teach the server to read XML, CBOR and the like.
        builder.configureMessageConvertersList(
                converters -> converters.removeIf(converter -> !CONVERTERS.contains(converter.getClass())));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RequestRules());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new WireEnums());
    }
}
