package dev.apg.server.capability;

import dev.apg.contract.capability.Publication;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.JsonDocuments;
import dev.apg.server.web.SourceDocument;
import dev.apg.server.web.YamlDocuments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Publishes versions, shows them and changes their state. */
@RestController
@RequestMapping("/api/v1/capabilities/{code}/versions")
class VersionController {
    /** The content never changes, yet it may be purged: whoever kept it asks each time, and mostly hears 304. */
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final PublishService publishing;
    private final VersionReads reads;
    private final VersionStateService states;

    VersionController(PublishService publishing, VersionReads reads, VersionStateService states) {
        this.publishing = publishing;
        this.reads = reads;
        this.states = states;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            summary = "Publish a version",
            description = "201 if it is new, 200 if exactly this content was published before.")
    @ApiResponse(responseCode = "201", description = "Published")
    @ApiResponse(responseCode = "200", description = "Was published before with the same content")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = VersionDocument.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_YAML_VALUE,
                        schema = @Schema(implementation = VersionDocument.class))
            })
    ResponseEntity<Publication> publishVersion(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = FirstOwners.MEANT) @RequestParam(name = "owned_by", required = false) @Nullable
                    String ownedBy,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
            @RequestBody byte[] body) {
        Function<byte[], SourceDocument> form =
                MediaType.APPLICATION_YAML.isCompatibleWith(type) ? YamlDocuments::read : JsonDocuments::read;
        Publication publication = publishing.publish(context, code, body, form, Optional.ofNullable(ownedBy));
        var answer = publication.created()
                ? ResponseEntity.created(location(publication.capability(), publication.version()))
                : ResponseEntity.ok();
        return answer.header(CursorHeader.SEQ, publication.cursor()).body(publication);
    }

    @GetMapping("/{number}")
    @Operation(
            summary = "Show a version with its document",
            description = "The ETag is its edition, for If-Match of a change of state.")
    @AnswersEntityTag
    ResponseEntity<VersionDetail> showVersion(
            TenantContext context, @PathVariable String code, @PathVariable String number) {
        VersionDetail version = reads.show(context, VersionReads.key(code, number));
        return ResponseEntity.ok().eTag(EntityTags.of(version.edition())).body(version);
    }

    @GetMapping(path = "/{number}/document", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Get a version's canonical bytes",
            description =
                    "Exactly what the digest is taken of. The ETag is the digest; the content never changes, but it may be purged (410).")
    @AnswersEntityTag
    ResponseEntity<byte[]> showVersionDocument(
            TenantContext context, @PathVariable String code, @PathVariable String number) {
        StoredVersion version = reads.document(context, VersionReads.key(code, number));
        return ResponseEntity.ok()
                .eTag("\"" + version.digest() + "\"")
                .cacheControl(ASK_AGAIN)
                .body(version.canonical().orElseThrow());
    }

    @PutMapping("/{number}/state")
    @Operation(
            summary = "Deprecate, yank, restore or purge a version",
            description =
                    "Purging removes the document for ever, together with the bundles that hold its content (`purged_bundles`), and needs an administrator.")
    @AnswersEntityTag
    ResponseEntity<VersionDetail> changeVersionState(
            TenantContext context,
            IfMatch ifMatch,
            @PathVariable String code,
            @PathVariable String number,
            @Valid @RequestBody StateChange change) {
        VersionKey key = VersionReads.key(code, number);
        Written<List<String>> written = states.change(context, key, ifMatch, change);
        VersionDetail version = reads.show(context, key);
        if (change.state() == StateChange.Wanted.PURGED) {
            version = version.withPurgedBundles(written.value().stream()
                    .limit(VersionDetail.MOST_PURGED_BUNDLES)
                    .toList());
        }
        return ResponseEntity.ok()
                .eTag(EntityTags.of(version.edition()))
                .headers(CursorHeader.at(written.cursor()))
                .body(version);
    }

    private static URI location(String code, String number) {
        return URI.create("/api/v1/capabilities/%s/versions/%s"
                .formatted(
                        URLEncoder.encode(code, StandardCharsets.UTF_8),
                        URLEncoder.encode(number, StandardCharsets.UTF_8)));
    }
}
