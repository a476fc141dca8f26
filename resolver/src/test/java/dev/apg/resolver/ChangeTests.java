package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTests {
    private static final SemVer OLD = SemVer.parse("1.0.0");
    private static final SemVer NEW = SemVer.parse("2.0.0");

    @Test
    void ofSeveralChangesOfAPinTheLastOneCounts() {
        Request pinned = Request.of(Root.capability("shop", "*")).withPins(Map.of("menu", OLD));
        var drop = new Change.DropPin("menu", OLD);
        var set = new Change.SetPin("menu", NEW);

        assertThat(Change.applyAll(List.of(drop, set), pinned).pins()).isEqualTo(Map.of("menu", NEW));
        assertThat(Change.applyAll(List.of(set, drop), pinned).pins()).isEmpty();
        assertThat(Change.applyAll(List.of(set, new Change.SetPin("menu", OLD)), pinned))
                .isEqualTo(pinned);
    }
}
