package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the access key of a receiver stands.
 *
 * @param env the environment variable that holds it, or null
 * @param file the file that holds it, or null
 */
public record AccessKeyConfig(
        @Nullable String env, @Nullable String file) {}
