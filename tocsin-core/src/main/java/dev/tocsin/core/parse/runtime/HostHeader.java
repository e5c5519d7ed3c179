package dev.tocsin.core.parse.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a host log: {@code #tocsin-host} and a JSON object that says whose lines follow, as the tool wrote
 * them.
 *
 * @param host whose they are; written are the members that are known
 */
public record HostHeader(Host host) {

    /** How the line begins. */
    public static final String MARK = "#tocsin-host ";

    /** The tools whose lines are read. */
    public static final List<String> TOOLS = List.of("auditd", "tracee", "tetragon", "falco", "osquery");

    /** The version that {@link #write} writes. */
    public static final long VERSION = 1;

    /** Longest value of a member, in characters; ARNs are below 2,048. */
    static final int LONGEST_VALUE = 2_048;

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}");
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8,17}");
    private static final String WAY_OUT = "; expected " + MARK + "{\"version\":1,\"accountId\":\"123456789012\","
            + "\"region\":\"eu-west-1\",\"instanceId\":\"i-...\",\"tool\":\"auditd\"}";

    /** Whether {@code buffer[from, to)} is such a line, of whatever content. */
    public static boolean begins(byte[] buffer, int from, int to) {
        int length = MARK.length();
        return to - from >= length && new String(buffer, from, length, StandardCharsets.ISO_8859_1).equals(MARK);
    }

    /**
     * Reads {@code line}.
     *
     * @throws IOException if it is none, or lacks what every line needs; the message says what and the way out
     */
    public static HostHeader parse(String line) throws IOException {
        if (!line.startsWith(MARK)) {
            throw new IOException("no header of a host log" + WAY_OUT);
        }
        Doc members = members(line.substring(MARK.length()));
        if (members.number("version", 0) != VERSION) {
            throw new IOException("header of a host log of version " + members.get("version") + WAY_OUT);
        }
        return new HostHeader(new Host(
                matching(members, "accountId", ACCOUNT),
                matching(members, "region", REGION),
                members.get("instanceId") == null ? null : matching(members, "instanceId", INSTANCE),
                text(members, "hostname"),
                tool(members),
                text(members, "agentId"),
                members.number("sequence", -1),
                text(members, "clusterName"),
                text(members, "nodeName"),
                text(members, "taskArn"),
                text(members, "clusterArn")));
    }

    private static Doc members(String json) throws IOException {
        byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
        try (JsonParser in = Json.parser(bytes, 0, bytes.length)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                return Doc.read(in);
            }
        } catch (IOException e) {
            throw new IOException("the header of a host log is no JSON object" + WAY_OUT, e);
        }
        throw new IOException("the header of a host log is no JSON object" + WAY_OUT);
    }

    private static String matching(Doc members, String name, Pattern form) throws IOException {
        String value = members.text(name);
        if (value == null || !form.matcher(value).matches()) {
            throw new IOException("header of a host log with " + name + " " + shown(members.get(name)) + WAY_OUT);
        }
        return value;
    }

    private static String tool(Doc members) throws IOException {
        String tool = members.text("tool");
        if (tool == null || !TOOLS.contains(tool)) {
            throw new IOException("header of a host log with tool " + shown(members.get("tool")) + "; expected one of "
                    + String.join(", ", TOOLS));
        }
        return tool;
    }

    private static @Nullable String text(Doc members, String name) throws IOException {
        String value = members.text(name);
        if (value != null && value.length() > LONGEST_VALUE) {
            throw new IOException(
                    "header of a host log with " + name + " longer than " + LONGEST_VALUE + " characters");
        }
        return value;
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return (text.length() <= 40 ? text : text.substring(0, 40) + "...").replaceAll("\\p{Cntrl}", ".");
    }

    /** The line, without its line feed. */
    public String write() {
        return MARK
                + new Doc()
                        .with("version", VERSION)
                        .with("accountId", host.account())
                        .with("region", host.region())
                        .with("instanceId", host.instanceId())
                        .with("hostname", host.hostname())
                        .with("tool", host.tool())
                        .with("agentId", host.agentId())
                        .with("sequence", host.sequence() < 0 ? null : host.sequence())
                        .with("clusterName", host.clusterName())
                        .with("nodeName", host.nodeName())
                        .with("taskArn", host.taskArn())
                        .with("clusterArn", host.clusterArn())
                        .toJson();
    }
}
