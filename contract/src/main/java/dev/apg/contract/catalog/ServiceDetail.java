package dev.apg.contract.catalog;

import dev.apg.contract.Page;
import java.util.UUID;

/** A service and who provides it. */
public record ServiceDetail(UUID id, String code, String description, Page<ServiceProvider> providers) {}
