package dev.apg.cli.output;

import dev.apg.contract.WireJson;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;

/** Documents as YAML, for people to edit. */
public final class YamlDump {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(120)
            .build();

    private YamlDump() {}

    public static String of(JsonNode document) {
        return new Dump(SETTINGS).dumpToString(WireJson.MAPPER.treeToValue(document, Object.class));
    }
}
