package dev.tocsin.server.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One place that logs are brought to. */
public record SourceConfig(
        @Setting(value = "Its name in ledger and metrics; each source has another.", example = "trail") @Nullable
        String name,

        @Setting(value = "folder, s3, sqs, kafka, kinesis, firehose-http or agent-http.", example = "folder") @Nullable
        String type,

        @Setting(
                value =
                        "Of a folder: where it is; names that begin with a dot are ignored. Of firehose-http: the path of"
                                + " the URL that Firehose delivers to; default /firehose/NAME.",
                example = "/var/log/aws")
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
                value =
                        "Of s3, sqs and kinesis: the role as which it is read, arn and, if it asks for one, externalId.",
                example = "{arn: 'arn:aws:iam::111122223333:role/tocsin', externalId: e-1}")
        @Nullable
        AssumeRoleConfig assumeRole,

        @Setting(
                value = "beginning, now (of the first start) or a time, ISO 8601: earlier events only teach."
                        + " Default: beginning.",
                example = "now")
        @Nullable
        String from,

        @Setting(
                value = "Minutes without an object after which its silence is an alarm; 0 for never. Default: 60.",
                example = "120")
        @Nullable
        Integer silentAfter,

        @Setting(
                value =
                        "ARNs that it hangs on beside bucket, queue and role, such as its topic and key: a call that stops,"
                                + " narrows, redirects or denies one is a finding.",
                example = "['arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab']")
        @Nullable
        List<String> guard,

        @Setting(
                value = "Of firehose-http: whose logs it may bring; others' records are rejected. Default: all.",
                example = "['111122223333']")
        @Nullable
        List<String> accounts,

        @Setting(
                value = "Of firehose-http: the log that it may bring, cloudtrail, vpcflow, dns or lambda.",
                example = "vpcflow")
        @Nullable
        String log,

        @Setting(
                value = "Of firehose-http: the Region whose logs it may bring; flow records that name none are of it."
                        + " Default: all. Of kafka: of records that name none. Of kinesis: where the stream is, if"
                        + " stream is no ARN.",
                example = "eu-central-1")
        @Nullable
        String region,

        @Setting(
                value =
                        "Of firehose-http, kafka and kinesis: the fields of flow records in their order, as the flow log's format has them."
                                + " Default: those of version 2.",
                example = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start"
                        + " end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr"
                        + " region")
        @Nullable
        String format,

        @Setting(
                value = "Of firehose-http: the access key that Firehose is given, from the environment (env) or a file"
                        + " (file). Keys that 'tocsin keys receiver' makes are taken as well.",
                example = "{file: /etc/tocsin/firehose.key}")
        @Nullable
        AccessKeyConfig accessKey,

        @Setting(value = "Of kafka: the topics, one or several.", example = "[cloudtrail, flow-logs]") @Nullable
        List<String> topic,

        @Setting(value = "Of kafka: where to begin to ask, HOST:PORT, one or several.", example = "[kafka-1:9092]")
        @Nullable
        List<String> brokers,

        @Setting(
                value =
                        "Of kafka: settings of its client, such as those of SASL and TLS; ${NAME} is what the environment"
                                + " says.",
                example = "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512,"
                        + " sasl.jaas.config: '${KAFKA_LOGIN}'}")
        @Nullable
        Map<String, String> properties,

        @Setting(
                value = "Of kinesis: the stream's ARN, or its name.",
                example = "arn:aws:kinesis:eu-central-1:111122223333:stream/cloudtrail")
        @Nullable
        String stream) {

    /** A source that only has a name, a type and a place. */
    private SourceConfig(
            String name, String type, @Nullable String path, @Nullable String url, @Nullable String queue) {
        this(
                name, type, path, url, queue, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    /** A folder called {@code name}. */
    public static SourceConfig folder(String name, String path) {
        return new SourceConfig(name, "folder", path, null, null);
    }

    /** A bucket or a part of it, at {@code url}, whose events speak from {@code from} on. */
    public static SourceConfig bucket(String name, String url, @Nullable String from) {
        SourceConfig bucket = new SourceConfig(name, "s3", null, url, null);
        return bucket.changed(null, from, null, null);
    }

    /** The queue at {@code url}, whose messages name objects. */
    public static SourceConfig queue(String name, String url) {
        return new SourceConfig(name, "sqs", null, null, url);
    }

    /** What Firehose sends, bound to {@code accounts}, a log and a Region, its key in {@code keyFile}. */
    public static SourceConfig receiver(
            String name, List<String> accounts, String log, @Nullable String region, @Nullable String keyFile) {
        AccessKeyConfig key = keyFile == null ? null : new AccessKeyConfig(null, keyFile);
        return new SourceConfig(
                name,
                "firehose-http",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                accounts,
                log,
                region,
                null,
                key,
                null,
                null,
                null,
                null);
    }

    /** Topics of the Kafka that {@code broker}, HOST:PORT, is of. */
    public static SourceConfig kafka(String name, List<String> topics, String broker) {
        return new SourceConfig(name, "kafka", null, null, null).streamed(topics, List.of(broker), Map.of(), null);
    }

    /** The stream of Kinesis that has this name or ARN. */
    public static SourceConfig kinesis(String name, String stream) {
        return new SourceConfig(name, "kinesis", null, null, null).streamed(null, null, Map.of(), stream);
    }

    /** The same, reached by {@code settings} of Kafka's client. */
    public SourceConfig setting(Map<String, String> settings) {
        return streamed(topic, brokers, settings, stream);
    }

    private SourceConfig streamed(
            @Nullable List<String> topics,
            @Nullable List<String> from,
            Map<String, String> settings,
            @Nullable String arn) {
        return new SourceConfig(
                name,
                type,
                path,
                url,
                queue,
                assumeRole,
                this.from,
                silentAfter,
                guard,
                accounts,
                log,
                region,
                format,
                accessKey,
                topics,
                from,
                settings,
                arn);
    }

    /** The same, read as {@code role}. */
    public SourceConfig as(AssumeRoleConfig role) {
        return changed(role, from, silentAfter, guard);
    }

    /** The same, an alarm after {@code minutes} of silence. */
    public SourceConfig silentAfter(int minutes) {
        return changed(assumeRole, from, minutes, guard);
    }

    /** The same, hanging on {@code arns} as well. */
    public SourceConfig guarding(List<String> arns) {
        return changed(assumeRole, from, silentAfter, arns);
    }

    private SourceConfig changed(
            @Nullable AssumeRoleConfig role,
            @Nullable String begin,
            @Nullable Integer silent,
            @Nullable List<String> arns) {
        return new SourceConfig(
                name,
                type,
                path,
                url,
                queue,
                role,
                begin,
                silent,
                arns,
                accounts,
                log,
                region,
                format,
                accessKey,
                topic,
                brokers,
                properties,
                stream);
    }
}
