package dev.tocsin.core.detect;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.FakeHost;
import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.parse.FlowLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flows for detector tests, in a short script: {@code out 49152 443 S; in 49152 443 SA}. A flow is {@code out} or
 * {@code in}, the local and the remote port, then in any order the flags ({@code S}, {@code SA}, {@code R}, {@code 0};
 * none means that the log has no flags), {@code udp}, {@code reject}, {@code 40B} for one packet of that size, {@code +5}
 * for seconds after the start, {@code x12} for so many peers at successive addresses,
 * {@code p20} for so many successive remote ports, {@code c20} for so many successive local ones, {@code 900*44B} for so
 * many packets of that size, {@code proto47} for another protocol, and the peer's address.
 */
final class FlowFixture {

    /** The peer of flows that name none. */
    static final String PEER = "198.51.100.99";

    private static final long START = 1_772_366_400;
    private static final String HEADER = "version account-id interface-id instance-id srcaddr dstaddr srcport dstport"
            + " protocol packets bytes start end tcp-flags action log-status\n";

    private FlowFixture() {}

    /** The types that the script's flows give. */
    static Set<String> types(TestLists lists, String script) {
        Set<String> types = new TreeSet<>();
        signals(lists, script).forEach(signal -> types.add(signal.type().name()));
        return types;
    }

    /** The signals that the script's flows give, once no record is awaited any more. */
    static List<Signal> signals(TestLists lists, String script) {
        return signals(EngineServices.NONE, lists, script);
    }

    /** The same with {@code services}. */
    static List<Signal> signals(EngineServices services, TestLists lists, String script) {
        FakeHost<Flow> host = new FakeHost<>(new InterfaceFunction(services, lists, Detectors.ALL));
        for (Flow flow : flows(script)) {
            host.take(InterfaceFunction.key(flow), flow);
        }
        host.saveAndLoad();
        host.advance(Long.MAX_VALUE);
        return host.signals;
    }

    /** The flows of a script. */
    static List<Flow> flows(String script) {
        StringBuilder log = new StringBuilder(HEADER);
        for (String flow : List.of(script.split(";", -1))) {
            lines(flow.strip(), log);
        }
        FlowLog read =
                FlowLog.of(LogObject.named("script"), null, log.toString().getBytes(StandardCharsets.UTF_8));
        if (!read.rejected.isEmpty()) {
            throw new IllegalArgumentException(script + ": " + read.rejected);
        }
        return read.flows;
    }

    private static void lines(String flow, StringBuilder log) {
        List<Integer> ports = new ArrayList<>();
        boolean out = flow.startsWith("out");
        String peer = PEER;
        String flags = "-";
        String size = "12 3456";
        long start = START;
        int protocol = Flow.TCP;
        int peers = 1;
        int remotePorts = 1;
        int localPorts = 1;
        String action = "ACCEPT";
        for (String word : List.of(flow.split("\\s+", -1))) {
            switch (word) {
                case "out", "in" -> {}
                case "S" -> flags = "2";
                case "SA" -> flags = "18";
                case "R" -> flags = "4";
                case "0" -> flags = "0";
                case "udp" -> protocol = Flow.UDP;
                case "reject" -> action = "REJECT";
                default -> {
                    if (word.matches("\\d+B")) {
                        size = "1 " + word.substring(0, word.length() - 1);
                    } else if (word.startsWith("+")) {
                        start += Integer.parseInt(word.substring(1));
                    } else if (word.startsWith("x")) {
                        peers = Integer.parseInt(word.substring(1));
                    } else if (word.matches("\\d+\\*\\d+B")) {
                        long packets = Long.parseLong(word.substring(0, word.indexOf('*')));
                        long each = Long.parseLong(word.substring(word.indexOf('*') + 1, word.length() - 1));
                        size = packets + " " + packets * each;
                    } else if (word.startsWith("proto")) {
                        protocol = Integer.parseInt(word.substring(5));
                    } else if (word.matches("c\\d+")) {
                        localPorts = Integer.parseInt(word.substring(1));
                    } else if (word.matches("p\\d+")) {
                        remotePorts = Integer.parseInt(word.substring(1));
                    } else if (word.matches("\\d+")) {
                        ports.add(Integer.parseInt(word));
                    } else {
                        peer = word;
                    }
                }
            }
        }
        for (int i = 0; i < peers * remotePorts * localPorts; i++) {
            String remote = peers == 1
                    ? peer
                    : peer.substring(0, peer.lastIndexOf('.') + 1) + (i / (remotePorts * localPorts) + 1);
            int remotePort = ports.get(1) + i % remotePorts;
            int localPort = ports.get(0) + i / remotePorts % localPorts;
            String ends = out
                    ? "10.0.1.5 " + remote + " " + localPort + " " + remotePort
                    : remote + " 10.0.1.5 " + remotePort + " " + localPort;
            log.append("3 111122223333 eni-1 i-1 %s %d %s %d %d %s %s OK\n"
                    .formatted(ends, protocol, size, start, start + 50, flags, action));
        }
    }
}
