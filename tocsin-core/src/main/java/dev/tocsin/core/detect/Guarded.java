package dev.tocsin.core.detect;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the product's own sources hang on: buckets, queues, topics, keys, log groups and roles, whoever's account they are
 * in; streams, delivery streams, rules and secrets, whose names are an account's and Region's own.
 *
 * @param things the source in words by kind and name, as {@link #entry} writes them
 */
public record Guarded(Map<String, String> things) {

    /** Nothing. */
    public static final Guarded NONE = new Guarded(Map.of());

    /** Keeps {@code things} as they are now. */
    public Guarded {
        things = Map.copyOf(things);
    }

    /** The source that needs the thing of {@code kind} that is called {@code name}, in words; null if none does. */
    @Nullable
    String by(String kind, String name) {
        return things.get(kind + "/" + name);
    }

    /** These, and what {@code arn}, or a queue's URL, names as well; {@code source} needs it. Others change nothing. */
    public Guarded and(String arn, String source) {
        String entry = entry(arn);
        if (entry == null) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(things);
        more.put(entry, source + " (" + inWords(entry) + ")");
        return new Guarded(more);
    }

    /** The source that needs the thing of {@code kind} called {@code name} in an account's Region; null if none does. */
    @Nullable
    String by(String kind, String account, String region, String name) {
        return things.get(local(kind, region, account, name));
    }

    private static String local(String kind, String region, String account, String name) {
        return kind + "/" + region + ":" + account + ":" + name;
    }

    private static String inWords(String entry) {
        String name = entry.substring(entry.indexOf('/') + 1);
        return switch (entry.substring(0, entry.indexOf('/'))) {
            case "firehose" -> "delivery stream " + LogSourceTampered.lastPart(name);
            case "kinesis" -> "stream " + LogSourceTampered.lastPart(name);
            case "kafka" -> "cluster " + LogSourceTampered.lastPart(name);
            case "events" -> "rule " + LogSourceTampered.lastPart(name);
            case "secret" -> "secret " + name.substring(name.lastIndexOf(':') + 1);
            default -> entry.replace('/', ' ');
        };
    }

    /** Kind and name of what {@code arn} names, or null if it is of no kind that is guarded. */
    private static @Nullable String entry(String arn) {
        if (arn.startsWith("http")) {
            return "queue/" + LogSourceTampered.lastPart(arn);
        }
        String[] parts = arn.split(":", 6);
        if (parts.length < 6 || parts[5].isEmpty()) {
            return null;
        }
        return switch (parts[2]) {
            case "s3" -> "bucket/" + LogSources.part("bucket", parts[5]);
            case "sqs" -> "queue/" + parts[5];
            case "sns" -> "topic/" + parts[5];
            case "kms" -> "key/" + LogSourceTampered.lastPart(parts[5]);
            case "logs" -> "group/" + LogSources.part("group", arn);
            case "firehose", "kinesis", "events" ->
                local(parts[2], parts[3], parts[4], LogSourceTampered.lastPart(parts[5]));
            case "kafka" -> local(parts[2], parts[3], parts[4], StreamSourceChange.cluster(parts[5]));
            case "secretsmanager" -> local("secret", parts[3], parts[4], StreamSourceChange.secret(arn));
            case "iam" -> parts[5].startsWith("role/") ? "role/" + LogSourceTampered.lastPart(parts[5]) : null;
            default -> null;
        };
    }
}
