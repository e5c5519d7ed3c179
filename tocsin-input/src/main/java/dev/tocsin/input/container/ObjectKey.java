package dev.tocsin.input.container;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.EventTime;
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

    private static final Pattern LAYOUT = Pattern.compile("AWSLogs/(?:o-[a-z0-9]{8,34}/)?(\\d{12})/([^/]+)/([^/]+)/");
    private static final Pattern HIVE_ACCOUNT = Pattern.compile("aws-account-id=(\\d{12})(?:/|$)");
    private static final Pattern HIVE_REGION = Pattern.compile("aws-region=([a-z0-9-]+)(?:/|$)");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}");
    private static final Pattern FILE =
            Pattern.compile("(?:^|/)(\\d{12})_([A-Za-z-]+)_([a-z]{2,4}(?:-[a-z]+)+-\\d{1,2})_");
    private static final Pattern QUERY_FILE = Pattern.compile("vpcdnsquerylogs_(\\d{12})_");
    private static final Pattern FLOW_LOG = Pattern.compile("_(fl-[0-9a-f]{8,17})_");
    private static final Pattern TIME =
            Pattern.compile("_(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})?Z(?:_|\\.|$)");

    /** Reads a key or path. */
    public static ObjectKey parse(String path) {
        String key = path.replace('\\', '/');
        return new ObjectKey(account(key), region(key), flowLog(key), kind(key), foreign(key), deliveredAt(key));
    }

    /** The object {@code source} at place {@code index}, delivered at the key's time, else at {@code modified}. */
    public LogObject object(int index, String source, long modified) {
        long delivered = deliveredAt == Long.MAX_VALUE ? modified : deliveredAt;
        return new LogObject(index, source, account, region, flowLog, delivered);
    }

    private static @Nullable String account(String key) {
        String found = first(HIVE_ACCOUNT, key, 1);
        if (found == null) {
            found = first(LAYOUT, key, 1);
        }
        if (found == null) {
            found = first(FILE, key, 1);
        }
        return found != null ? found : first(QUERY_FILE, key, 1);
    }

    private static @Nullable String region(String key) {
        String found = first(HIVE_REGION, key, 1);
        if (found == null) {
            found = first(FILE, key, 3);
        }
        if (found == null) {
            found = first(LAYOUT, key, 3);
        }
        return found != null && REGION.matcher(found).matches() ? found : null;
    }

    private static @Nullable String flowLog(String key) {
        return first(FLOW_LOG, key, 1);
    }

    private static ObjectReport.Kind kind(String key) {
        if (key.contains("vpcflowlogs")) {
            return ObjectReport.Kind.VPCFLOW;
        }
        if (key.contains("vpcdnsquerylogs")) {
            return ObjectReport.Kind.DNS;
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

    private static long deliveredAt(String key) {
        Matcher time = TIME.matcher(key);
        long found = Long.MAX_VALUE;
        while (time.find()) {
            String seconds = time.group(6) == null ? "00" : time.group(6);
            long at = EventTime.parse(time.group(1) + "-" + time.group(2) + "-" + time.group(3) + "T" + time.group(4)
                    + ":" + time.group(5) + ":" + seconds + "Z");
            found = at == EventTime.NONE ? found : at;
        }
        return found;
    }

    private static @Nullable String first(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : null;
    }
}
