package dev.apg.server.event;

import dev.apg.contract.event.EventPage;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class EventController {
    private final EventReader reader;

    EventController(EventReader reader) {
        this.reader = reader;
    }

    @GetMapping("/events")
    @Operation(summary = "Read the event log", description = """
                    Oldest first, without gap or repeat inside an epoch. 410 says that the cursor does not lead on: read the
                    catalogue anew, and then events after the X-APG-Seq of that answer.""")
    ResponseEntity<EventPage> listEvents(
            TenantContext context,
            @Parameter(schema = @Schema(minimum = "1", maximum = "" + Paging.MAX_LIMIT, defaultValue = "20"))
                    @RequestParam(defaultValue = "" + Paging.DEFAULT_LIMIT)
                    int limit,
            @Parameter(description = "a cursor such as 1.42; without it, from the oldest event kept")
                    @RequestParam(required = false)
                    @Nullable
                    String after) {
        context.require(Permission.CATALOG_READ);
        Optional<Cursor> cursor = Optional.ofNullable(after)
                .map(text -> Cursor.parse(text)
                        .orElseThrow(() -> Rejection.malformed(
                                "cursor.malformed",
                                "after",
                                text,
                                "a cursor such as 1.42, as X-APG-Seq gives it; nothing begins with the oldest event")));
        Paging.requireLimit(limit, Paging.MAX_LIMIT);
        EventPage page = reader.read(context, cursor, limit);
        return ResponseEntity.ok()
                .headers(headers -> headers.set(CursorHeader.SEQ, page.end()))
                .body(page);
    }
}
