package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The types that a connection opened to a listed server makes, each with its twin for functions: command and control,
 * mining, black hole, drop point; one list match, one file.
 */
final class ListedServer implements FlowDetector {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static final FindingType C2 = FlowTypes.instance("Backdoor:EC2/C&CActivity.B", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is talking to a known command and control server.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a command and control server ({threat}). Malware takes its"
                            + " orders from such a server: the instance may be compromised.")
            .firesWhen("the instance opens a connection to an address that a list of command and control servers"
                    + " holds, with the port that the entry names; also if a rule refused it (blocked).")
            .doesNotSee("connections that a listed address opens to the instance: measured, most are scanners;"
                    + " addresses listed without port that were not seen for 30 days; hosts behind a NAT"
                    + " gateway whose own interface is not logged; records without ports.")
            .nextSteps("Isolate the instance, take an image of disk and memory, find the process that holds the"
                    + " connection, and see what else its role and credentials did. If the address is"
                    + " expected, put it on a trusted list.")
            .technique("T1071")
            .needs("c2")
            .build();

    static final FindingType MINING = FlowTypes.instance("CryptoCurrency:EC2/BitcoinTool.B", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is talking to an address of cryptocurrency mining.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows for mining of cryptocurrency ({threat}).")
            .firesWhen("the instance opens a connection to an address listed as a mining pool or peer; on the"
                    + " web's ports 80 and 443 only if the entry names that port.")
            .doesNotSee("price feeds, wallets and block explorers, which share addresses with pools and use the"
                    + " web's ports; pools behind a proxy; records without ports.")
            .nextSteps("If mining is not what this instance is for, find the process and how it came there:"
                    + " mining is the usual first use of a stolen credential or an exposed service. If it is,"
                    + " suppress by the instance's tag.")
            .technique("T1496")
            .needs("cryptomining")
            .build();

    static final FindingType BLACKHOLE = FlowTypes.instance("Trojan:EC2/BlackholeTraffic", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is trying to reach an address that is a known black hole.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a black hole or sinkhole ({threat}). Defenders put such"
                            + " addresses in the place of malicious servers: what calls them is probably malware.")
            .firesWhen("the instance opens a connection to an address listed as a black hole or sinkhole, or to a"
                    + " listed server that is in a defender's hands.")
            .doesNotSee("other addresses in the network of who runs the sinkhole, even if that"
                    + " network is listed; connections from the sinkhole to"
                    + " the instance; records without ports.")
            .nextSteps("Treat it like a host that calls a command and control server: the server is harmless now,"
                    + " the malware is still there.")
            .technique("T1071")
            .needs("blackhole")
            .build();

    static final FindingType DROP = FlowTypes.instance("Trojan:EC2/DropPoint", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is talking to a host known to hold stolen data.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a host that collects credentials and data stolen by malware"
                            + " ({threat}).")
            .firesWhen(
                    "the instance opens a connection to an address listed as a place where malware puts stolen data.")
            .doesNotSee("shared storage and paste services, which lists mark as popular and which never count alone;"
                    + " connections opened by the listed host; records without ports.")
            .nextSteps("Find out what was sent (additionalInfo.outBytes), by which process, and which secrets were"
                    + " within its reach; rotate those first.")
            .technique("T1041")
            .needs("exfiltration")
            .build();

    private static final List<Pair> PAIRS = Stream.of(C2, MINING, BLACKHOLE, DROP)
            .map(type -> new Pair(type, FlowTypes.onLambda(type)))
            .toList();

    /** A type and its twin for functions; the categories of entries that make it are what the type needs. */
    private record Pair(FindingType onInstance, FindingType onLambda) {}

    @Override
    public List<FindingType> types() {
        return PAIRS.stream()
                .flatMap(pair -> Stream.of(pair.onInstance(), pair.onLambda()))
                .toList();
    }

    @Override
    public void observe(Conversation conversation, Context context, Consumer<Signal> out) {
        if (conversation.threats().isEmpty() || !conversation.opensOutward()) {
            return;
        }
        for (Pair pair : PAIRS) {
            List<Listed> listed = conversation.threats().stream()
                    .filter(entry -> makes(pair.onInstance(), entry, conversation.remotePort()))
                    .toList();
            if (!listed.isEmpty()) {
                out.accept(FlowSignal.of(pair.onInstance(), conversation, context)
                        .listed(listed)
                        .onLambda(pair.onLambda())
                        .build());
            }
        }
    }

    /** The operator's own lists speak by {@code .Custom} alone. */
    static boolean makes(FindingType type, Listed entry, int remotePort) {
        return !entry.own()
                && type.needs().contains(entry.category())
                && !(type.equals(MINING) && isWebPage(entry, remotePort))
                && !(type.equals(BLACKHOLE) && isNetwork(entry));
    }

    /** Exchanges and block explorers share addresses with pools; a pool on a port of the web is listed with it. */
    private static boolean isWebPage(Listed entry, int port) {
        return (port == HTTP || port == HTTPS) && entry.port() != port;
    }

    /** Who runs a sinkhole has other hosts on its network, which anybody may visit. */
    private static boolean isNetwork(Listed entry) {
        return entry.match().entry().indexOf('/') >= 0;
    }
}
