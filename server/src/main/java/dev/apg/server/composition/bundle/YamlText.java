package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes mappings as YAML that every reader takes the same way. The library quotes for YAML 1.2 only, while Kubernetes
 * and Compose still read {@code on}, {@code 0755} and {@code 1e3} as YAML 1.1 does; so a string is written plainly only
 * where it can be nothing else, and in double quotes otherwise.
 */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)*");
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            // YAML 1.1 readers refuse characters that 1.2 allows, such as DEL; escapes are read by all.
            .setUseUnicodeEncoding(false)
            .setBestLineBreak("\n")
            .setMaxSimpleKeyLength(1_024)
            .build();

    private YamlText() {}

    /** One document, without a marker. */
    static byte[] document(Map<String, Object> document) {
        return text(document).getBytes(UTF_8);
    }

    /** Several documents in one file, each after the first behind {@code ---}. */
    static byte[] documents(List<Map<String, Object>> documents) {
        return String.join("---\n", documents.stream().map(YamlText::text).toList())
                .getBytes(UTF_8);
    }

    private static String text(Map<String, Object> document) {
        Text text = new Text();
        new Dump(SETTINGS).dumpNode(node(document), text);
        return text.content.toString();
    }

    private static Node node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<NodeTuple> fields = new ArrayList<>();
                map.forEach((key, item) -> fields.add(new NodeTuple(node(key), node(item))));
                yield new MappingNode(Tag.MAP, fields, style(map.isEmpty()));
            }
            case List<?> list -> {
                List<Node> items = new ArrayList<>();
                list.forEach(item -> items.add(node(item)));
                yield new SequenceNode(Tag.SEQ, items, style(list.isEmpty()));
            }
            case Boolean truth -> new ScalarNode(Tag.BOOL, truth.toString(), ScalarStyle.PLAIN);
            case Integer number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            case Long number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            case String text ->
                new ScalarNode(Tag.STR, text, readsAsText(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
            default -> throw new IllegalArgumentException("no YAML for " + value.getClass());
        };
    }

    private static boolean readsAsText(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static FlowStyle style(boolean empty) {
        return empty ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private static final class Text implements StreamDataWriter {
        private final StringBuilder content = new StringBuilder();

        @Override
        public void write(String text) {
            content.append(text);
        }

        @Override
        public void write(String text, int offset, int length) {
            content.append(text, offset, offset + length);
        }
    }
}
