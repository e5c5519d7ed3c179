package dev.tocsin.core.rule;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a security group's new rules let the whole internet in, and to what; in both forms that EC2's records have. */
final class OpenPorts {

    /** Longest prefix of a range that is the world: /0, or the few ranges in which one writes it to look narrower. */
    static final int WORLD_PREFIX_BITS = 4;

    private static final int LAST_PORT = 65_535;

    private static final Field PERMISSIONS = Field.request("ipPermissions");
    private static final Field CIDR = Field.request("cidrIp");
    private static final Field FROM = Field.request("fromPort");
    private static final Field TO = Field.request("toPort");
    private static final Field PROTOCOL = Field.request("ipProtocol");
    private static final List<Field> ALL = List.of(PERMISSIONS, CIDR, FROM, TO, PROTOCOL);

    private OpenPorts() {}

    /** The world may reach one of {@code ports}, named {@code names} in the condition. */
    static When any(String names, Set<Integer> ports) {
        return When.of(
                "security_group_opens_to_world(requestParameters, '" + names + "')",
                ALL.stream().map(Field::path).toList(),
                call -> permissions(call).anyMatch(one -> isOpen(one, ports)));
    }

    private static Stream<Doc> permissions(ApiCall call) {
        Doc flat = new Doc()
                .with("ipProtocol", PROTOCOL.of(call))
                .with("fromPort", FROM.of(call))
                .with("toPort", TO.of(call))
                .with("cidrIp", CIDR.of(call));
        Doc nested = JsonText.object(PERMISSIONS.of(call));
        return Stream.concat(Stream.of(flat), JsonText.objects(nested.get("items")).stream());
    }

    private static boolean isOpen(Doc permission, Set<Integer> ports) {
        String protocol = JsonText.shown(permission.get("ipProtocol"));
        if (!(protocol.equals("tcp") || protocol.equals("6") || protocol.equals("-1")) || !isForWorld(permission)) {
            return false;
        }
        int from = protocol.equals("-1") ? 0 : number(permission.get("fromPort"), 0);
        int to = protocol.equals("-1") ? LAST_PORT : number(permission.get("toPort"), LAST_PORT);
        return ports.stream().anyMatch(port -> from <= port && port <= to);
    }

    private static boolean isForWorld(Doc permission) {
        return Stream.of(
                        Stream.of(JsonText.shown(permission.get("cidrIp"))),
                        ranges(permission, "ipRanges", "cidrIp"),
                        ranges(permission, "ipv6Ranges", "cidrIpv6"))
                .flatMap(one -> one)
                .anyMatch(OpenPorts::isWorld);
    }

    private static Stream<String> ranges(Doc permission, String list, String member) {
        return JsonText.objects(permission.part(list).get("items")).stream()
                .map(range -> JsonText.shown(range.get(member)));
    }

    /** Whether {@code cidr} is a range as wide as the internet. */
    static boolean isWorld(String cidr) {
        String prefix = cidr.substring(cidr.indexOf('/') + 1);
        return cidr.indexOf('/') >= 0 && prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= WORLD_PREFIX_BITS;
    }

    private static int number(@Nullable Object value, int absent) {
        if (value instanceof Long number) {
            return Math.clamp(number, -1, LAST_PORT);
        }
        return value instanceof String text && text.matches("\\d{1,5}") ? Integer.parseInt(text) : absent;
    }
}
