package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** How what is analysed is priced. */
public record UsageConfig(
        @Setting(
                value =
                        "A list of prices, in the form of docs/usage.md. Default: GuardDuty's as of 2026-11-30, from memory.",
                example = "/etc/tocsin/prices.tsv")
        @Nullable
        String prices) {}
