package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** One place that logs are brought to. */
public record SourceConfig(
        @Setting(value = "Its name in ledger and metrics; each source has another.", example = "trail") @Nullable
        String name,

        @Setting(value = "folder, s3 or sqs.", example = "folder") @Nullable
        String type,

        @Setting(value = "Of a folder: where it is. Names that begin with a dot are ignored.", example = "/var/log/aws")
        @Nullable
        String path,

        @Setting(value = "Of s3: what is listed.", example = "s3://my-trail/AWSLogs/") @Nullable
        String url,

        @Setting(
                value = "Of sqs: the URL of the queue whose messages name objects.",
                example = "https://sqs.eu-central-1.amazonaws.com/111122223333/trail")
        @Nullable
        String queue,

        @Setting(
                value = "Of s3 and sqs: the role as which it is read, arn and, if it asks for one, externalId.",
                example = "{arn: 'arn:aws:iam::111122223333:role/tocsin', externalId: e-1}")
        @Nullable
        AssumeRoleConfig assumeRole,

        @Setting(
                value = "beginning, now (of the first start) or a time, ISO 8601: earlier events only teach."
                        + " Default: beginning.",
                example = "now")
        @Nullable
        String from) {

    /** A folder called {@code name}. */
    public static SourceConfig folder(String name, String path) {
        return new SourceConfig(name, "folder", path, null, null, null, null);
    }

    /** A bucket or a part of it, at {@code url}, whose events speak from {@code from} on. */
    public static SourceConfig bucket(String name, String url, @Nullable String from) {
        return new SourceConfig(name, "s3", null, url, null, null, from);
    }

    /** The queue at {@code url}, whose messages name objects. */
    public static SourceConfig queue(String name, String url) {
        return new SourceConfig(name, "sqs", null, null, url, null, null);
    }

    /** The same, read as {@code role}. */
    public SourceConfig as(AssumeRoleConfig role) {
        return new SourceConfig(name, type, path, url, queue, role, from);
    }
}
