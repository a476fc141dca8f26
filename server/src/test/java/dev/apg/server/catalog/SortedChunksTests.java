package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SortedChunksTests {
    private record Item(String key, int value) {}

    @Property(seed = "1", tries = 200)
    void changes_give_what_a_sorted_map_gives_and_leave_what_was_before(
            @ForAll @Size(max = 30) List<@Size(max = 400) Map<@IntRange(max = 3_000) Integer, Integer>> batches) {
        var model = new TreeMap<String, Item>();
        SortedChunks<Item> chunks = SortedChunks.empty(Item::key);
        for (Map<Integer, Integer> batch : batches) {
            var changes = new TreeMap<String, Item>();
            batch.forEach((key, value) -> changes.put("k" + key, new Item("k" + key, value)));
            SortedChunks<Item> before = chunks;
            List<Item> content = List.copyOf(model.values());
            chunks = chunks.with(changes);
            assertThat(before).containsExactlyElementsOf(content);
            model.putAll(changes);
            assertThat(chunks).containsExactlyElementsOf(model.values());
            assertThat(chunks.size()).isEqualTo(model.size());
        }
        for (int key = 0; key < 3_000; key += 97) {
            assertThat(chunks.get("k" + key)).isEqualTo(model.get("k" + key));
            var rest = new ArrayList<Item>();
            chunks.iterator("k" + key).forEachRemaining(rest::add);
            assertThat(rest).containsExactlyElementsOf(model.tailMap("k" + key).values());
        }
    }
}
