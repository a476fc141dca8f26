package dev.apg.server.account;

import dev.apg.contract.Page;
import dev.apg.contract.account.Client;
import dev.apg.contract.account.CreatedClient;
import dev.apg.contract.account.NewClient;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Paging;
import dev.apg.server.web.SecretAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/clients")
class ClientController {
    private static final String LIST = "clients";

    private final Clients clients;

    ClientController(Clients clients) {
        this.clients = clients;
    }

    @GetMapping
    @Operation(summary = "List the tenant's clients", description = "Newest first, revoked ones included.")
    Page<Client> listClients(TenantContext context, Paging paging) {
        Optional<UUID> before = paging.after(LIST, key -> UUID.fromString(key.getFirst()));
        Clients.ClientList list = clients.listClients(context, before, paging.fetch());
        return paging.page(
                LIST, list.clients(), client -> List.of(client.id().toString()), client -> client, list.count());
    }

    @SecretAnswer
    @PostMapping
    @Operation(
            summary = "Create a client",
            description =
                    "A program that fetches access tokens at `POST /api/auth/token`. Its secret is in this answer and never"
                            + " shown again. Nobody can give away permissions that they do not have themselves.")
    @ApiResponse(responseCode = "201", description = "Created")
    ResponseEntity<CreatedClient> createClient(TenantContext context, @Valid @RequestBody NewClient request) {
        Written<CreatedClient> written =
                clients.createClient(context, request.label(), request.role(), request.scopes());
        return ResponseEntity.created(
                        URI.create("/api/v1/clients/" + written.value().client().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Revoke a client",
            description =
                    "Its access tokens are refused at once, by the other nodes as soon as they are told of it, which takes"
                            + " milliseconds. Revoking it again changes nothing.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revokeClient(TenantContext context, @PathVariable UUID id) {
        Written<UUID> written = clients.revokeClient(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
