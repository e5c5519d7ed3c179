package dev.tocsin.input.container;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names what lies beside the logs and is none of them. */
final class Foreign {

    private static final Pattern PUBLIC_QUERIES = Pattern.compile("1\\.0 \\d{4}-\\d\\d-\\d\\dT\\S+ Z[A-Z0-9]+ .*");
    private static final Pattern BALANCER = Pattern.compile("(?:https?|h2|wss?|grpcs|tcp|tls) \\d{4}-\\d\\d-\\d\\dT.*");
    private static final Pattern S3_ACCESS = Pattern.compile("[0-9a-f]{64} \\S+ \\[\\d\\d/.*");
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

    private Foreign() {}

    /** What binary data these are and why they are not read, or null if they may be text. */
    static @Nullable String magic(ByteWindow window) throws IOException {
        if (!window.have(4)) {
            return null;
        }
        byte[] bytes = window.bytes();
        int at = window.at();
        int word = (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
        return switch (word) {
            case 0x28b52ffd -> "Zstandard data, which are not read: unpack them first";
            case 0x425a6836, 0x425a6839 -> "bzip2 data, which are not read: unpack them first";
            case 0xfd377a58 -> "xz data, which are not read: unpack them first";
            case 0x53514c69 -> "an SQLite database, no log";
            case 0x4f626a01 -> "Avro data, which are not read";
            default -> null;
        };
    }

    /** What a JSON object is, or null if it is not known as something else. */
    static @Nullable String json(Members members) {
        if (members.has("digestS3Object") || members.has("digestStartTime")) {
            return "CloudTrail digest file";
        }
        if (members.has("schemaVersion") && members.has("severity") && members.has("type")) {
            return "GuardDuty finding";
        }
        if ("CONTROL_MESSAGE".equals(members.text("messageType"))) {
            return "CloudWatch control message";
        }
        if (members.has("configurationItems") || members.has("configSnapshotId")) {
            return "AWS Config snapshot";
        }
        return members.has("httpRequest") && members.has("webaclId") ? "AWS WAF log" : null;
    }

    /** What a line of text is, or null if it is not known as something else. */
    static @Nullable String line(String line) {
        if (PUBLIC_QUERIES.matcher(line).matches()) {
            return "Route 53 public query log";
        }
        if (BALANCER.matcher(line).matches()) {
            return "load balancer log";
        }
        return S3_ACCESS.matcher(line).matches() ? "S3 server access log" : null;
    }

    /** The code of an S3 error page, or null. */
    static @Nullable String errorCode(String page) {
        var code = ERROR_CODE.matcher(page);
        return code.find() ? code.group(1) : null;
    }
}
