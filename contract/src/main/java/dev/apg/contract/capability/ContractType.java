package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The language of a contract. */
public enum ContractType {
    @JsonProperty("openapi")
    OPENAPI,
    @JsonProperty("asyncapi")
    ASYNCAPI,
    @JsonProperty("json_schema")
    JSON_SCHEMA,
    @JsonProperty("protobuf")
    PROTOBUF,
    @JsonProperty("avro")
    AVRO;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
