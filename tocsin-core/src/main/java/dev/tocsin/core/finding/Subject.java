package dev.tocsin.core.finding;

import org.jspecify.annotations.Nullable;

/**
 * What a signal is about, as far as the detector can know. Whose interface or address it is, the desk answers as of the
 * event's time.
 */
public sealed interface Subject {

    /** The resource's part of the finding's id. */
    String key();

    /**
     * Credentials, or a bucket touched with them.
     *
     * @param key the actor, or the bucket
     * @param resource the finding's resource member, complete
     */
    record Known(String key, Doc resource) implements Subject {}

    /**
     * Whatever stands behind a network interface. The desk names instance or function, or drops the signal where the
     * interface is a middle box's.
     *
     * @param interfaceId {@code eni-...}
     * @param instanceId as the record says: an id, {@code -} for none, or null if the record cannot say
     * @param vpcId or null
     * @param subnetId or null
     * @param address the local address
     * @param onLambda name of the type to report instead if a function stands behind it; null if there is none
     */
    record Interface(
            String interfaceId,
            @Nullable String instanceId,
            @Nullable String vpcId,
            @Nullable String subnetId,
            String address,
            @Nullable String onLambda)
            implements Subject {
        @Override
        public String key() {
            return interfaceId;
        }
    }

    /**
     * A host, or a container on it. What the inventory knows of the instance, the desk adds.
     *
     * @param key account-wide, the container's part of it
     * @param name for texts
     * @param instanceId or null
     * @param resource the finding's resource member without the instance's details
     */
    record Machine(String key, String name, @Nullable String instanceId, Doc resource) implements Subject {}

    /**
     * Who asked a name.
     *
     * @param instanceId or null
     * @param vpcId or null
     * @param address the client's address, or null
     * @param resolverEndpoint if the query came through one: a forwarder
     */
    record NameClient(
            @Nullable String instanceId,
            @Nullable String vpcId,
            @Nullable String address,
            @Nullable String resolverEndpoint)
            implements Subject {
        @Override
        public String key() {
            if (instanceId != null) {
                return instanceId;
            }
            return resolverEndpoint != null ? resolverEndpoint : vpcId + "/" + address;
        }
    }
}
