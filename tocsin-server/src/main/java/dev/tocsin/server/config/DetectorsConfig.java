package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** What becomes of accounts and Regions that have no detector. */
public record DetectorsConfig(
        @Setting(
                value = "Make a detector for each account and Region that logs are met of. Default: false.",
                example = "true")
        @Nullable
        Boolean enableAllSeen) {}
