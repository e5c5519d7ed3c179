package dev.tocsin.input.container;

import dev.tocsin.core.event.LogObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an object's key says of it, in any of the layouts that AWS writes: with an organisation's id, custom prefixes,
 * hourly or Hive-style folders. It is a hint: content decides.
 *
 * @param account twelve digits, or null
 * @param region null if the key names none
 * @param flowLog the {@code fl-} id, or null
 * @param kind what the key claims the object to hold; UNKNOWN if nothing
 * @param foreign the name of a known other log, such as {@code load balancer log}; null for logs that are read
 * @param deliveredAt epoch seconds of the time in the key, or {@link Long#MAX_VALUE}
 */
public record ObjectKey(
        @Nullable String account,
        @Nullable String region,
        @Nullable String flowLog,
        ObjectReport.Kind kind,
        @Nullable String foreign,
        long deliveredAt) {

    private static final String LAYOUT_ROOT = "AWSLogs/";
    private static final String HIVE_ACCOUNT_NAME = "aws-account-id=";
    private static final String HIVE_REGION_NAME = "aws-region=";
    private static final String QUERY_FILE_NAME = "vpcdnsquerylogs_";
    private static final String FLOW_LOG_NAME = "_fl-";

    private static final Pattern LAYOUT =
            Pattern.compile(LAYOUT_ROOT + "(?:o-[a-z0-9]{8,34}/)?(\\d{12})/([^/]+)/([^/]+)/");
    private static final Pattern HIVE_ACCOUNT = Pattern.compile(HIVE_ACCOUNT_NAME + "(\\d{12})(?:/|$)");
    private static final Pattern HIVE_REGION = Pattern.compile(HIVE_REGION_NAME + "([a-z0-9-]+)(?:/|$)");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}");
    private static final Pattern FILE = Pattern.compile("(\\d{12})_([A-Za-z-]+)_([a-z]{2,4}(?:-[a-z]+)+-\\d{1,2})_");
    private static final Pattern QUERY_FILE = Pattern.compile(QUERY_FILE_NAME + "(\\d{12})_");
    private static final Pattern FLOW_LOG = Pattern.compile("_(fl-[0-9a-f]{8,17})_");

    /** Reads a key or path. */
    public static ObjectKey parse(String path) {
        String key = path.replace('\\', '/');
        Matcher file = FILE.matcher(key).region(key.lastIndexOf('/') + 1, key.length());
        boolean named = file.lookingAt();
        return new ObjectKey(
                account(key, named ? file.group(1) : null),
                region(key, named ? file.group(3) : null),
                first(FLOW_LOG, FLOW_LOG_NAME, key, 1),
                kind(key),
                foreign(key),
                KeyTime.last(key));
    }

    /** The object {@code source} at place {@code index}, delivered at the key's time, else at {@code modified}. */
    public LogObject object(int index, String source, long modified) {
        long delivered = deliveredAt == Long.MAX_VALUE ? modified : deliveredAt;
        return new LogObject(index, source, account, region, flowLog, delivered);
    }

    /** The account that a key or path names, or null: all that {@link #parse} says of it, for less. */
    public static @Nullable String accountIn(String path) {
        String key = path.replace('\\', '/');
        Matcher file = FILE.matcher(key).region(key.lastIndexOf('/') + 1, key.length());
        return account(key, file.lookingAt() ? file.group(1) : null);
    }

    private static @Nullable String account(String key, @Nullable String inName) {
        String found = first(HIVE_ACCOUNT, HIVE_ACCOUNT_NAME, key, 1);
        if (found == null) {
            found = first(LAYOUT, LAYOUT_ROOT, key, 1);
        }
        if (found == null) {
            found = inName;
        }
        return found != null ? found : first(QUERY_FILE, QUERY_FILE_NAME, key, 1);
    }

    private static @Nullable String region(String key, @Nullable String inName) {
        String found = first(HIVE_REGION, HIVE_REGION_NAME, key, 1);
        if (found == null && inName != null) {
            return inName;
        }
        if (found == null) {
            found = first(LAYOUT, LAYOUT_ROOT, key, 3);
        }
        return found != null && REGION.matcher(found).matches() ? found : null;
    }

    private static ObjectReport.Kind kind(String key) {
        if (key.contains("vpcflowlogs")) {
            return ObjectReport.Kind.VPCFLOW;
        }
        if (key.contains("vpcdnsquerylogs")) {
            return ObjectReport.Kind.DNS;
        }
        if (key.contains("RuntimeLogs/")) {
            return ObjectReport.Kind.RUNTIME;
        }
        return key.contains("CloudTrail") ? ObjectReport.Kind.CLOUDTRAIL : ObjectReport.Kind.UNKNOWN;
    }

    private static @Nullable String foreign(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (name.equals(".DS_Store")) {
            return "folder settings of a desktop (.DS_Store)";
        }
        if (name.isEmpty() || name.equals(".keep") || name.endsWith("_$folder$")) {
            return "folder marker";
        }
        if (key.contains("/elasticloadbalancing/")) {
            return "load balancer log";
        }
        if (key.contains("/CloudTrail-Digest/") || key.contains("_CloudTrail-Digest_")) {
            return "CloudTrail digest";
        }
        if (key.contains("/CloudTrail-Insight/") || key.contains("_CloudTrail-Insight_")) {
            return "CloudTrail Insights events";
        }
        return null;
    }

    /** What {@code pattern}, which begins with {@code head}, finds; most keys do not have the head at all. */
    private static @Nullable String first(Pattern pattern, String head, String text, int group) {
        int from = text.indexOf(head);
        if (from < 0) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find(from) ? matcher.group(group) : null;
    }
}
