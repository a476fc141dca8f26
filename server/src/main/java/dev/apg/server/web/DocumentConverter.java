package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;

/** Reads bodies, JSON and YAML alike, by the rules of {@link JsonDocuments} and {@link YamlDocuments}; writes nothing. */
class DocumentConverter extends AbstractGenericHttpMessageConverter<Object> {
    private final DocumentReader reader;

    DocumentConverter(DocumentReader reader) {
        super(MediaType.APPLICATION_JSON, MediaType.APPLICATION_YAML);
        this.reader = reader;
    }

    @Override
    public boolean canRead(Type type, @Nullable Class<?> context, @Nullable MediaType mediaType) {
        return !(type instanceof Class<?> raw && isRaw(raw)) && mediaType != null && canRead(mediaType);
    }

    /** What is asked for as it was sent. */
    private static boolean isRaw(Class<?> type) {
        return type == byte[].class
                || CharSequence.class.isAssignableFrom(type)
                || InputStream.class.isAssignableFrom(type)
                || Resource.class.isAssignableFrom(type);
    }

    @Override
    public boolean canWrite(@Nullable Type type, Class<?> raw, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public Object read(Type type, @Nullable Class<?> context, HttpInputMessage message) throws IOException {
        byte[] body = message.getBody().readAllBytes();
        SourceDocument document =
                MediaType.APPLICATION_YAML.isCompatibleWith(message.getHeaders().getContentType())
                        ? YamlDocuments.read(body)
                        : JsonDocuments.read(body);
        BodyLines.remember(document);
        Object value = reader.read(document, type, body.length);
        List<FieldError> errors = value == null ? List.of() : reader.violations(value);
        if (!errors.isEmpty()) {
            throw Rejection.invalid(document.located(errors));
        }
        return value;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        return read(type, null, message);
    }

    @Override
    protected void writeInternal(Object value, @Nullable Type type, HttpOutputMessage message) {
        throw new UnsupportedOperationException("this converter only reads");
    }
}
