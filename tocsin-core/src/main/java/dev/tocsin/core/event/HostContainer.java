package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * The container a process runs in.
 *
 * @param id the engine's, as the tool cuts it
 * @param name or null
 * @param image its image with tag, or null
 * @param pod the Kubernetes pod, or null
 * @param namespace of the pod, or null
 * @param startedAt epoch milliseconds, 0 if unknown
 */
public record HostContainer(
        String id,
        @Nullable String name,
        @Nullable String image,
        @Nullable String pod,
        @Nullable String namespace,
        long startedAt) {}
