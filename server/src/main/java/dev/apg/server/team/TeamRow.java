package dev.apg.server.team;

import dev.apg.contract.team.TeamDetail;
import java.time.Instant;
import java.util.UUID;

/** @param edition counts the changes of its describing fields; its entity tag */
record TeamRow(UUID id, String code, String displayName, long members, long edition, Instant createdAt) {
    TeamDetail detail() {
        return new TeamDetail(code, displayName, members, createdAt);
    }
}
