package dev.apg.server.grant;

import dev.apg.contract.team.Level;
import dev.apg.server.tenancy.Permission;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One thing that grants are given on. */
public record Subject(Kind kind, UUID id, String code) {
    /** What can be owned. */
    public enum Kind {
        CAPABILITY(Permission.CAPABILITY_EDIT, Permission.CAPABILITY_ADMINISTER, List.of(Level.EDIT, Level.OWN)),
        COMPOSITION(Permission.COMPOSITION_EDIT, Permission.COMPOSITION_ADMINISTER, List.of(Level.values()));

        private final Permission sharing;
        private final Permission passing;
        private final List<Level> levels;

        Kind(Permission sharing, Permission passing, List<Level> levels) {
            this.sharing = sharing;
            this.passing = passing;
            this.levels = levels;
        }

        /** The word of the glossary. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What an owner needs to say who else may do something. */
        Permission sharing() {
            return sharing;
        }

        /** Whoever has this passes every guard. */
        public Permission passing() {
            return passing;
        }

        /** Those that mean something: the catalogue is read by all. */
        List<Level> levels() {
            return levels;
        }
    }
}
