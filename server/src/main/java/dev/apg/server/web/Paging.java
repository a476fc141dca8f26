package dev.apg.server.web;

import dev.apg.contract.Page;
import dev.apg.contract.WireJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Which part of a list is asked for: the query parameters {@code limit} and {@code cursor}, as an argument of a
 * controller method. The cursor holds the sort key of the last item that was seen, so pages neither skip nor repeat when
 * the list changes in between. It is bound to its list's scope (name, filters and sort order) by a checksum: given to
 * another list, or changed, it is refused. It is no secret and grants nothing.
 *
 * @param limit 1 to 100, by default 20
 */
public record Paging(int limit, Optional<String> cursor) {
    public static final int MAX_LIMIT = 100;
    public static final int DEFAULT_LIMIT = 20;

    static final int MAX_CURSOR = 4_000;

    static Paging parse(@Nullable String limit, @Nullable String cursor) {
        int number = DEFAULT_LIMIT;
        if (limit != null) {
            number = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
            requireLimit(number, MAX_LIMIT, limit);
        }
        if (cursor != null && (cursor.isEmpty() || cursor.length() > MAX_CURSOR)) {
            throw malformed(cursor);
        }
        return new Paging(number, Optional.ofNullable(cursor));
    }

    /**
     * Checks the limit of a list that has another cursor than these pages.
     *
     * @throws Rejection 400 {@code paging.limit}, unless it is 1 to {@code most}
     */
    public static void requireLimit(int limit, int most) {
        requireLimit(limit, most, limit);
    }

    private static void requireLimit(int limit, int most, Object written) {
        if (limit < 1 || limit > most) {
            throw Rejection.malformed("paging.limit", "limit", written, "1 to " + most);
        }
    }

    /** How many rows to read: one more than the page has, which tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /**
     * Where the page begins: after the item with this key; empty for the first page.
     *
     * @param scope the list's name, filters and sort order
     * @param decode makes the key from what {@link #page} was given; anything it throws refuses the cursor
     * @throws Rejection 400 {@code paging.cursor}, if the cursor is not one of this list's
     */
    public <K> Optional<K> after(String scope, Function<List<String>, K> decode) {
        return cursor.map(text -> {
            try {
                return decode.apply(open(scope, text));
            } catch (Rejection rejection) {
                throw rejection;
            } catch (RuntimeException notOurs) {
                throw malformed(text);
            }
        });
    }

    /**
     * The page's document.
     *
     * @param rows at most {@link #fetch} of them; the last is left out if there are that many
     * @param key the sort key of a row, complete enough to be unique
     */
    public <R, T> Page<T> page(
            String scope, List<R> rows, Function<R, List<String>> key, Function<R, T> item, long totalCount) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? seal(scope, key.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next, totalCount);
    }

    private static String seal(String scope, List<String> key) {
        byte[] payload = WireJson.MAPPER.writeValueAsBytes(key);
        ByteBuffer sealed = ByteBuffer.allocate(Integer.BYTES + payload.length);
        sealed.putInt(checksum(scope, payload)).put(payload);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    private static List<String> open(String scope, String cursor) {
        byte[] sealed = Base64.getUrlDecoder().decode(cursor);
        byte[] payload = Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length);
        if (ByteBuffer.wrap(sealed).getInt() != checksum(scope, payload)) {
            throw malformed(cursor);
        }
        try {
            return List.of(WireJson.MAPPER.readValue(payload, String[].class));
        } catch (JacksonException notOurs) {
            throw malformed(cursor);
        }
    }

    private static int checksum(String scope, byte[] payload) {
        var crc = new CRC32();
        crc.update(scope.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(payload);
        return (int) crc.getValue();
    }

    private static Rejection malformed(String cursor) {
        return Rejection.malformed(
                "paging.cursor", "cursor", cursor, "the next_cursor of this list with the same filters and sort");
    }
}
