package dev.apg.server.composition.bundle;

/**
 * Something that a bundle can be rendered with, but that whoever runs it should know.
 *
 * @param capability the code of the entry that it is about
 * @param text one sentence without the code
 */
public record BundleNote(Kind kind, String capability, String text) {

    /** What a note is about. */
    public enum Kind {
        /** The image is named by a tag, which may come to mean another image. */
        IMAGE_NOT_PINNED,
        /** The image needs root, so its pod does not satisfy the restricted pod security profile. */
        NEEDS_ROOT,
        /** Nothing says which user the image runs as; Kubernetes refuses to start it if that is root. */
        USER_NOT_KNOWN,
        /** The health check needs a client that Compose would look for inside the image. */
        HEALTH_NOT_IN_COMPOSE,
        /** Fewer replicas run than the descriptor says, because each would have a persistent volume of its own. */
        REPLICAS_REDUCED,
        /** Compose runs fewer replicas than Kubernetes. */
        REPLICAS_NOT_IN_COMPOSE,
        /** Compose cannot give it a secret and a read-only root file system. */
        ROOT_WRITABLE_IN_COMPOSE,
        /** Another workload publishes the same port, so Compose publishes this one elsewhere by default. */
        PUBLISHED_PORT_MOVED,
        /** A variable is left out because nothing provides what it would point to. */
        PROVIDER_ABSENT,
        /** A variable is left out because the configuration has no value for it. */
        CONFIGURATION_ABSENT,
        /** A persistent volume does not say how large it is. */
        VOLUME_SIZE_ASSUMED;

        /** The spelling on the wire. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
