package dev.tocsin.server.api;

import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From method and raw path to the operation. Fixed segments go before members, so {@code /detector/x} is no id. */
public final class Routes {

    /**
     * An operation met.
     *
     * @param members of the path, unescaped, by their names in the contract
     */
    public record Route(Operation operation, Map<String, String> members) {}

    private static final class Node {
        private final Map<String, Node> fixed = new HashMap<>();
        private final Map<String, Operation> byMethod = new HashMap<>();
        private @Nullable Node member;
    }

    private final Node root = new Node();

    /** The routes of all operations of {@code contract}. */
    public Routes(Contract contract) {
        contract.operations().values().forEach(this::add);
    }

    private void add(Operation operation) {
        Node node = root;
        for (String segment : segments(operation.uri())) {
            if (segment.startsWith("{")) {
                if (node.member == null) {
                    node.member = new Node();
                }
                node = node.member;
            } else {
                node = node.fixed.computeIfAbsent(segment, name -> new Node());
            }
        }
        Operation other = node.byMethod.put(operation.method(), operation);
        if (other != null) {
            throw new IllegalStateException(operation.name() + " and " + other.name() + " have one route");
        }
    }

    /** The operation at {@code rawPath}, or null. */
    public @Nullable Route find(String method, String rawPath) {
        List<String> segments = segments(rawPath);
        Operation operation = find(root, segments, 0, method);
        if (operation == null) {
            return null;
        }
        Map<String, String> members = new HashMap<>();
        List<String> pattern = segments(operation.uri());
        for (int i = 0; i < pattern.size(); i++) {
            String name = pattern.get(i);
            if (name.startsWith("{")) {
                members.put(name.substring(1, name.length() - 1), unescape(segments.get(i)));
            }
        }
        return new Route(operation, members);
    }

    private static @Nullable Operation find(Node node, List<String> segments, int at, String method) {
        if (at == segments.size()) {
            return node.byMethod.get(method);
        }
        Node fixed = node.fixed.get(segments.get(at));
        Operation found = fixed == null ? null : find(fixed, segments, at + 1, method);
        return found == null && node.member != null ? find(node.member, segments, at + 1, method) : found;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** In a path a plus is a plus. */
    private static String unescape(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The path has a damaged escape: " + segment);
        }
    }
}
