package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ValidationReport.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys may have dots, and so may paths. */
class OpenConfigurationTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spring.datasource':{}} | missing | spring.datasource.url | {'spring.datasource':{'url':null}}",
                "{'spring.datasource':{'url':1}} | wrong | spring.datasource.url | {'spring.datasource':{'url':null}}",
                "{'spring.datasource.url':1} | wrong | spring.datasource.url | {'spring.datasource.url':null}",
                "{'spring':{'datasource':{'a':1}}} | missing | spring.datasource.url | {'spring':{'datasource':{'a':1,'url':null}}}",
                "{} | missing | spring.datasource | {'spring.datasource':null}",
                "{'spring':1} | missing | spring.datasource | {'spring':1}",
                "{'ports':[80,'x']} | wrong | ports.1 | {'ports':[80,null]}",
                "{'a':1} | wrong | b.c | {'a':1}"
            })
    void null_stands_where_a_finding_points(String given, String code, String path, String opened) {
        var draft = WireJson.MAPPER.readValue("""
                {"format": "apg.composition/1", "composition": "shop", "configuration": {"base": %s}}
                """.formatted(given.replace('\'', '"')), DraftDocument.class);
        var finding = WireJson.MAPPER.readValue("""
                {"severity": "error", "code": "configuration.%s", "capability": "base", "path": "configuration.%s",
                 "sentence": "wrong", "fixes": []}
                """.formatted(code, path), Finding.class);
        var configuration = OpenConfiguration.of(draft, "base");

        configuration.open(finding);

        assertThat(configuration.json()).isEqualTo(opened.replace('\'', '"'));
        assertThat(configuration.places()).hasSize(given.equals(opened) ? 0 : 1);
    }
}
