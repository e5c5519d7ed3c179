package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** The role as which a source is read. */
public record AssumeRoleConfig(
        @Setting(value = "Its ARN.", example = "'arn:aws:iam::111122223333:role/tocsin'") @Nullable
        String arn,

        @Setting(value = "What its trust policy asks for.", example = "e-1") @Nullable
        String externalId) {}
