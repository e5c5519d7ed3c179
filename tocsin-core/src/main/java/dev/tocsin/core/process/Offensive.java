package dev.tocsin.core.process;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tools of attackers and testers by the names of their files, with GuardDuty's categories. */
public final class Offensive {

    /** What nobody but a tester or attacker runs. */
    private static final Map<String, String> ONLY = Map.ofEntries(
            Map.entry("msfconsole", "PentestingTool"),
            Map.entry("msfvenom", "PentestingTool"),
            Map.entry("sqlmap", "PentestingTool"),
            Map.entry("nikto", "PentestingTool"),
            Map.entry("hydra", "PentestingTool"),
            Map.entry("medusa", "PentestingTool"),
            Map.entry("patator", "PentestingTool"),
            Map.entry("crackmapexec", "PentestingTool"),
            Map.entry("responder", "PentestingTool"),
            Map.entry("mimipenguin", "PentestingTool"),
            Map.entry("lazagne", "PentestingTool"),
            Map.entry("linpeas.sh", "PentestingTool"),
            Map.entry("linpeas", "PentestingTool"),
            Map.entry("linenum.sh", "PentestingTool"),
            Map.entry("pspy", "PentestingTool"),
            Map.entry("pspy64", "PentestingTool"),
            Map.entry("deepce.sh", "PentestingTool"),
            Map.entry("cdk", "PentestingTool"),
            Map.entry("peirates", "PentestingTool"),
            Map.entry("botb", "PentestingTool"),
            Map.entry("amicontained", "PentestingTool"),
            Map.entry("kube-hunter", "PentestingTool"),
            Map.entry("traitor", "PentestingTool"),
            Map.entry("pacu", "PentestingTool"),
            Map.entry("sliver-client", "Backdoor"),
            Map.entry("gs-netcat", "Backdoor"),
            Map.entry("dnscat", "Backdoor"),
            Map.entry("dnscat2", "Backdoor"),
            Map.entry("chisel", "Backdoor"),
            Map.entry("ligolo-ng", "Backdoor"),
            Map.entry("merlinagent", "Backdoor"),
            Map.entry("tsh", "Backdoor"));

    /** What administrators run too. */
    private static final Map<String, String> DUAL = Map.ofEntries(
            Map.entry("nmap", "NetworkScanner"),
            Map.entry("masscan", "NetworkScanner"),
            Map.entry("zmap", "NetworkScanner"),
            Map.entry("rustscan", "NetworkScanner"),
            Map.entry("netdiscover", "NetworkScanner"),
            Map.entry("arp-scan", "NetworkScanner"),
            Map.entry("zgrab", "NetworkScanner"),
            Map.entry("pnscan", "NetworkScanner"),
            Map.entry("tcpdump", "NetworkSniffer"),
            Map.entry("tshark", "NetworkSniffer"),
            Map.entry("dumpcap", "NetworkSniffer"),
            Map.entry("ettercap", "NetworkSniffer"),
            Map.entry("dsniff", "NetworkSniffer"),
            Map.entry("nc", "NetworkTool"),
            Map.entry("ncat", "NetworkTool"),
            Map.entry("netcat", "NetworkTool"),
            Map.entry("nc.openbsd", "NetworkTool"),
            Map.entry("nc.traditional", "NetworkTool"),
            Map.entry("socat", "NetworkTool"),
            Map.entry("proxychains", "NetworkTool"),
            Map.entry("proxychains4", "NetworkTool"),
            Map.entry("frpc", "NetworkTool"),
            Map.entry("ngrok", "NetworkTool"));

    private static final Set<String> MINERS = Set.of(
            "xmrig",
            "xmrig-notls",
            "xmr-stak",
            "xmr-stak-cpu",
            "minerd",
            "cpuminer",
            "cpuminer-opt",
            "cpuminer-multi",
            "cgminer",
            "bfgminer",
            "ethminer",
            "nbminer",
            "t-rex",
            "lolminer",
            "phoenixminer",
            "ccminer",
            "kinsing",
            "kdevtmpfsi",
            "srbminer-multi",
            "nanominer",
            "gminer",
            "teamredminer",
            "wildrig-multi",
            "claymore",
            "ethdcrminer64",
            "xmrminer",
            "astrominer",
            "verus-solver",
            "hellminer",
            "nheqminer");

    private Offensive() {}

    /** The category of a tool that attackers alone use, or null. */
    public static @Nullable String only(String name) {
        return ONLY.get(name.toLowerCase(Locale.ROOT));
    }

    /** The category of a tool that administrators use too, or null. */
    public static @Nullable String dual(String name) {
        return DUAL.get(name.toLowerCase(Locale.ROOT));
    }

    /** Whether {@code name} mines cryptocurrency. */
    public static boolean isMiner(String name) {
        return MINERS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isOffensive(String name) {
        return only(name) != null || isMiner(name);
    }
}
