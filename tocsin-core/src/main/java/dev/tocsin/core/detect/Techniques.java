package dev.tocsin.core.detect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of MITRE ATT&amp;CK techniques, for what sequences show: {@code T1098 - Account Manipulation}. */
public final class Techniques {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("T1078.004", "Valid Accounts: Cloud Accounts"),
            Map.entry("T1087.004", "Account Discovery: Cloud Account"),
            Map.entry("T1098", "Account Manipulation"),
            Map.entry("T1098.001", "Account Manipulation: Additional Cloud Credentials"),
            Map.entry("T1098.003", "Account Manipulation: Additional Cloud Roles"),
            Map.entry("T1136.003", "Create Account: Cloud Account"),
            Map.entry("T1485", "Data Destruction"),
            Map.entry("T1496", "Resource Hijacking"),
            Map.entry("T1530", "Data from Cloud Storage"),
            Map.entry("T1537", "Transfer Data to Cloud Account"),
            Map.entry("T1552.005", "Unsecured Credentials: Cloud Instance Metadata API"),
            Map.entry("T1555.006", "Credentials from Password Stores: Cloud Secrets Management Stores"),
            Map.entry("T1562.001", "Impair Defenses: Disable or Modify Tools"),
            Map.entry("T1562.008", "Impair Defenses: Disable or Modify Cloud Logs"),
            Map.entry("T1578", "Modify Cloud Compute Infrastructure"),
            Map.entry("T1580", "Cloud Infrastructure Discovery"),
            Map.entry("T1619", "Cloud Storage Object Discovery"),
            Map.entry("T1648", "Serverless Execution"),
            Map.entry("T1651", "Cloud Administration Command"));

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
