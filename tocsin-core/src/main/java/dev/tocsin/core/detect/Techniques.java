package dev.tocsin.core.detect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the MITRE ATT&amp;CK techniques that finding types name (attack.mitre.org): {@code T1098 - Account Manipulation}. */
public final class Techniques {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("T1018", "Remote System Discovery"),
            Map.entry("T1021", "Remote Services"),
            Map.entry("T1037", "Boot or Logon Initialization Scripts"),
            Map.entry("T1041", "Exfiltration Over C2 Channel"),
            Map.entry("T1046", "Network Service Discovery"),
            Map.entry("T1048", "Exfiltration Over Alternative Protocol"),
            Map.entry(
                    "T1048.003",
                    "Exfiltration Over Alternative Protocol: Exfiltration Over Unencrypted Non-C2 Protocol"),
            Map.entry("T1053", "Scheduled Task/Job"),
            Map.entry("T1055", "Process Injection"),
            Map.entry("T1055.008", "Process Injection: Ptrace System Calls"),
            Map.entry("T1055.009", "Process Injection: Proc Memory"),
            Map.entry("T1059", "Command and Scripting Interpreter"),
            Map.entry("T1059.004", "Command and Scripting Interpreter: Unix Shell"),
            Map.entry("T1068", "Exploitation for Privilege Escalation"),
            Map.entry("T1070", "Indicator Removal"),
            Map.entry("T1071", "Application Layer Protocol"),
            Map.entry("T1071.001", "Application Layer Protocol: Web Protocols"),
            Map.entry("T1071.004", "Application Layer Protocol: DNS"),
            Map.entry("T1078", "Valid Accounts"),
            Map.entry("T1078.004", "Valid Accounts: Cloud Accounts"),
            Map.entry("T1082", "System Information Discovery"),
            Map.entry("T1087.004", "Account Discovery: Cloud Account"),
            Map.entry("T1090.003", "Proxy: Multi-hop Proxy"),
            Map.entry("T1098", "Account Manipulation"),
            Map.entry("T1098.001", "Account Manipulation: Additional Cloud Credentials"),
            Map.entry("T1098.003", "Account Manipulation: Additional Cloud Roles"),
            Map.entry("T1105", "Ingress Tool Transfer"),
            Map.entry("T1110", "Brute Force"),
            Map.entry("T1110.001", "Brute Force: Password Guessing"),
            Map.entry("T1110.003", "Brute Force: Password Spraying"),
            Map.entry("T1133", "External Remote Services"),
            Map.entry("T1136.003", "Create Account: Cloud Account"),
            Map.entry("T1189", "Drive-by Compromise"),
            Map.entry("T1190", "Exploit Public-Facing Application"),
            Map.entry("T1204.002", "User Execution: Malicious File"),
            Map.entry("T1222", "File and Directory Permissions Modification"),
            Map.entry("T1484.002", "Domain or Tenant Policy Modification: Trust Modification"),
            Map.entry("T1485", "Data Destruction"),
            Map.entry("T1486", "Data Encrypted for Impact"),
            Map.entry("T1490", "Inhibit System Recovery"),
            Map.entry("T1496", "Resource Hijacking"),
            Map.entry("T1498.001", "Network Denial of Service: Direct Network Flood"),
            Map.entry("T1530", "Data from Cloud Storage"),
            Map.entry("T1535", "Unused/Unsupported Cloud Regions"),
            Map.entry("T1537", "Transfer Data to Cloud Account"),
            Map.entry("T1543", "Create or Modify System Process"),
            Map.entry("T1547.006", "Boot or Logon Autostart Execution: Kernel Modules and Extensions"),
            Map.entry("T1548", "Abuse Elevation Control Mechanism"),
            Map.entry("T1548.001", "Abuse Elevation Control Mechanism: Setuid and Setgid"),
            Map.entry("T1552", "Unsecured Credentials"),
            Map.entry("T1552.001", "Unsecured Credentials: Credentials In Files"),
            Map.entry("T1552.005", "Unsecured Credentials: Cloud Instance Metadata API"),
            Map.entry("T1555.006", "Credentials from Password Stores: Cloud Secrets Management Stores"),
            Map.entry("T1556", "Modify Authentication Process"),
            Map.entry("T1556.006", "Modify Authentication Process: Multi-Factor Authentication"),
            Map.entry("T1562", "Impair Defenses"),
            Map.entry("T1562.001", "Impair Defenses: Disable or Modify Tools"),
            Map.entry("T1562.008", "Impair Defenses: Disable or Modify Cloud Logs"),
            Map.entry("T1565.001", "Data Manipulation: Stored Data Manipulation"),
            Map.entry("T1566", "Phishing"),
            Map.entry("T1568.002", "Dynamic Resolution: Domain Generation Algorithms"),
            Map.entry("T1571", "Non-Standard Port"),
            Map.entry("T1572", "Protocol Tunneling"),
            Map.entry("T1574.006", "Hijack Execution Flow: Dynamic Linker Hijacking"),
            Map.entry("T1578", "Modify Cloud Compute Infrastructure"),
            Map.entry("T1580", "Cloud Infrastructure Discovery"),
            Map.entry("T1586", "Compromise Accounts"),
            Map.entry("T1588.002", "Obtain Capabilities: Tool"),
            Map.entry("T1595.001", "Active Scanning: Scanning IP Blocks"),
            Map.entry("T1611", "Escape to Host"),
            Map.entry("T1619", "Cloud Storage Object Discovery"),
            Map.entry("T1620", "Reflective Code Loading"),
            Map.entry("T1622", "Debugger Evasion"),
            Map.entry("T1648", "Serverless Execution"),
            Map.entry("T1651", "Cloud Administration Command"),
            Map.entry("T1666", "Modify Cloud Resource Hierarchy"));

    private Techniques() {}

    /** {@code id} with its name where that is known, or null for null. */
    public static @Nullable String named(@Nullable String id) {
        String name = id == null ? null : NAMES.get(id);
        return name == null ? id : id + " - " + name;
    }

    /**
     * The technique that a call of {@code tactic} (in words) is filed under.
     *
     * @param api {@code service:Action}
     */
    public static @Nullable String of(String tactic, String api) {
        String service = api.substring(0, Math.max(0, api.indexOf(':')));
        String action = api.substring(api.indexOf(':') + 1);
        return named(
                switch (tactic) {
                    case "Discovery" -> service.equals("iam") ? "T1087.004" : service.equals("s3") ? "T1619" : "T1580";
                    case "Initial Access" -> service.startsWith("ssm") ? "T1651" : "T1078.004";
                    case "Persistence" -> persistence(service, action);
                    case "Privilege Escalation" -> "T1098.003";
                    case "Defense Evasion" -> isOfLogs(service) ? "T1562.008" : "T1562.001";
                    case "Credential Access" -> "T1555.006";
                    case "Exfiltration" -> service.equals("s3") ? "T1530" : "T1537";
                    case "Impact" -> action.startsWith("Run") ? "T1496" : "T1485";
                    default -> null;
                });
    }

    private static String persistence(String service, String action) {
        if (action.equals("CreateUser") || action.equals("CreateLoginProfile")) {
            return "T1136.003";
        }
        if (action.equals("CreateAccessKey")) {
            return "T1098.001";
        }
        return service.equals("lambda") ? "T1648" : "T1098";
    }

    /** {@code PrivilegeEscalation} as MITRE writes it: {@code Privilege Escalation}. */
    public static String words(String purpose) {
        return purpose.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    private static boolean isOfLogs(String service) {
        return service.equals("cloudtrail")
                || service.equals("logs")
                || service.equals("ec2")
                || service.equals("config");
    }
}
