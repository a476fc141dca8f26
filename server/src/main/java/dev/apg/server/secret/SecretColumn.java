package dev.apg.server.secret;

/** The columns that hold what {@link Secrets} has encrypted: there are no others, so that a new key reaches all of them. */
public enum SecretColumn {
    SIGNING_KEY("signing_key", "private_key", "key_id"),
    SECOND_FACTOR("second_factor", "secret", "account_id"),
    IDENTITY_PROVIDER("identity_provider", "client_secret", "provider_id"),
    MAIL("mail", "content", "mail_id");

    private final String table;
    private final String column;
    private final String row;

    /** @param row the column that holds a row's id; the key of each of these tables is that and {@code tenant_id} */
    SecretColumn(String table, String column, String row) {
        this.table = table;
        this.column = column;
        this.row = row;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }

    String row() {
        return row;
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
