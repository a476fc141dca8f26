package dev.apg.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers as JSON, each at once and with its length. Written as it is made, an answer of a few hundred bytes would
 * go out in two packets, chunk and end of chunks, and an error in its middle would come too late to be told.
 */
class JsonAnswers extends JacksonJsonHttpMessageConverter {
    JsonAnswers(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object value, ResolvableType type, HttpOutputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        var json = new Buffered(message.getHeaders());
        super.writeInternal(value, type, json, hints);
        message.getHeaders().setContentLength(json.bytes.size());
        json.bytes.writeTo(message.getBody());
    }

    private record Buffered(HttpHeaders headers, ByteArrayOutputStream bytes) implements HttpOutputMessage {
        Buffered(HttpHeaders headers) {
            this(headers, new ByteArrayOutputStream(1_024));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            return bytes;
        }
    }
}
