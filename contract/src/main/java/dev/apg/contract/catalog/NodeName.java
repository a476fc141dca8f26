package dev.apg.contract.catalog;

/** Names a capability or a service; both may have the same code. */
public record NodeName(NodeKind kind, String code) implements Comparable<NodeName> {
    @Override
    public int compareTo(NodeName other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : code.compareTo(other.code);
    }
}
