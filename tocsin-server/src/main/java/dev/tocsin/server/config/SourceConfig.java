package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** One place that logs are brought to. */
public record SourceConfig(
        @Setting(value = "Its name in ledger and metrics; each source has another.", example = "trail") @Nullable
        String name,

        @Setting(value = "folder or s3.", example = "folder") @Nullable
        String type,

        @Setting(value = "Of a folder: where it is. Names that begin with a dot are ignored.", example = "/var/log/aws")
        @Nullable
        String path,

        @Setting(value = "Of s3: what is listed.", example = "s3://my-trail/AWSLogs/") @Nullable
        String url,

        @Setting(
                value = "beginning, now (of the first start) or a time, ISO 8601: earlier events only teach."
                        + " Default: beginning.",
                example = "now")
        @Nullable
        String from) {}
