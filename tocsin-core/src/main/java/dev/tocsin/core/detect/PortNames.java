package dev.tocsin.core.detect;

import java.util.Map;

/** Names of ports and protocols as findings write them. */
final class PortNames {

    /** What a port without a name is called. */
    static final String UNKNOWN = "Unknown";

    private static final Map<Integer, String> PORTS = Map.ofEntries(
            Map.entry(20, "FTP-DATA"),
            Map.entry(21, "FTP"),
            Map.entry(22, "SSH"),
            Map.entry(23, "TELNET"),
            Map.entry(25, "SMTP"),
            Map.entry(53, "DNS"),
            Map.entry(80, "HTTP"),
            Map.entry(110, "POP3"),
            Map.entry(123, "NTP"),
            Map.entry(135, "MSRPC"),
            Map.entry(139, "NETBIOS"),
            Map.entry(143, "IMAP"),
            Map.entry(389, "LDAP"),
            Map.entry(443, "HTTPS"),
            Map.entry(445, "SMB"),
            Map.entry(465, "SMTPS"),
            Map.entry(587, "SMTP-SUBMISSION"),
            Map.entry(636, "LDAPS"),
            Map.entry(993, "IMAPS"),
            Map.entry(995, "POP3S"),
            Map.entry(1433, "MSSQL"),
            Map.entry(1521, "ORACLE"),
            Map.entry(2049, "NFS"),
            Map.entry(3306, "MYSQL"),
            Map.entry(3389, "RDP"),
            Map.entry(5432, "POSTGRESQL"),
            Map.entry(5900, "VNC"),
            Map.entry(6379, "REDIS"),
            Map.entry(8080, "HTTP-ALT"),
            Map.entry(8333, "BITCOIN"),
            Map.entry(9200, "ELASTICSEARCH"),
            Map.entry(9300, "ELASTICSEARCH"),
            Map.entry(11211, "MEMCACHED"),
            Map.entry(27017, "MONGODB"));

    private PortNames() {}

    /** The name of {@code port}. */
    static String port(int port) {
        return PORTS.getOrDefault(port, UNKNOWN);
    }

    /** The name of an IANA protocol number, or the number itself; empty if not known. */
    static String protocol(int protocol) {
        return switch (protocol) {
            case -1 -> "";
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case 58 -> "ICMPv6";
            default -> Integer.toString(protocol);
        };
    }
}
