package dev.tocsin.server.deliver.form;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A finding of the AWS Security Finding Format, as Security Hub's BatchImportFindings takes it. */
public final class AsffForm {

    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_DESCRIPTION = 1_024;

    /** Where a type belongs in the format's taxonomy, by what GuardDuty calls its threat purpose. */
    private static final Map<String, String> TAXONOMY = Map.ofEntries(
            Map.entry("Backdoor", "TTPs/Command and Control"),
            Map.entry("Trojan", "TTPs/Command and Control"),
            Map.entry("UnauthorizedAccess", "TTPs/Initial Access"),
            Map.entry("InitialAccess", "TTPs/Initial Access"),
            Map.entry("Recon", "TTPs/Discovery"),
            Map.entry("Discovery", "TTPs/Discovery"),
            Map.entry("Execution", "TTPs/Execution"),
            Map.entry("Persistence", "TTPs/Persistence"),
            Map.entry("PrivilegeEscalation", "TTPs/Privilege Escalation"),
            Map.entry("DefenseEvasion", "TTPs/Defense Evasion"),
            Map.entry("Stealth", "TTPs/Defense Evasion"),
            Map.entry("CredentialAccess", "TTPs/Credential Access"),
            Map.entry("Collection", "TTPs/Collection"),
            Map.entry("Exfiltration", "Effects/Data Exfiltration"),
            Map.entry("Impact", "Effects/Destruction"),
            Map.entry("CryptoCurrency", "Effects/Resource Consumption"),
            Map.entry("Policy", "Software and Configuration Checks/AWS Security Best Practices"),
            Map.entry("PenTest", "TTPs/Discovery"),
            Map.entry("AttackSequence", "TTPs/Impact"));

    private AsffForm() {}

    /**
     * {@code finding} in the export form.
     *
     * @param link where people see it
     */
    public static Doc of(Doc finding, String link) {
        Facts facts = new Facts(finding);
        Doc service = facts.service();
        String account = facts.text("accountId");
        String region = facts.text("region");
        Doc action = Facts.filled(action(facts));
        return new Doc()
                .with("SchemaVersion", "2018-10-08")
                .with("Id", facts.text("arn").isEmpty() ? facts.text("id") : facts.text("arn"))
                .with(
                        "ProductArn",
                        "arn:" + facts.partition() + ":securityhub:" + region + ":" + account + ":product/" + account
                                + "/default")
                .with("ProductName", "Tocsin")
                .with("CompanyName", "Tocsin")
                .with("Region", region)
                .with("GeneratorId", "tocsin/" + facts.text("type"))
                .with("AwsAccountId", account)
                .with("Types", List.of(taxonomy(facts.text("type"))))
                .with("FirstObservedAt", service.text("eventFirstSeen"))
                .with("LastObservedAt", service.text("eventLastSeen"))
                .with("CreatedAt", facts.text("createdAt"))
                .with("UpdatedAt", facts.text("updatedAt"))
                .with(
                        "Severity",
                        new Doc()
                                .with("Label", facts.label())
                                .with("Original", String.format(Locale.ROOT, "%.1f", facts.severity())))
                .with("Title", cut(facts.text("title"), LONGEST_TITLE))
                .with("Description", cut(facts.text("description"), LONGEST_DESCRIPTION))
                .with("SourceUrl", link)
                .with("ProductFields", fields(facts))
                .with("Resources", resources(facts))
                .with("Action", action.isEmpty() ? null : action)
                .with(
                        "Sample",
                        Boolean.TRUE.equals(service.part("additionalInfo").get("sample")) ? true : null)
                .with("Workflow", new Doc().with("Status", "NEW"))
                .with("RecordState", facts.isArchived() ? "ARCHIVED" : "ACTIVE");
    }

    private static String cut(String text, int longest) {
        String some = text.isBlank() ? "-" : text.strip();
        return some.length() <= longest ? some : some.substring(0, longest - 3) + "...";
    }

    private static String taxonomy(String type) {
        int colon = type.indexOf(':');
        String purpose = colon < 0 ? type : type.substring(0, colon);
        return TAXONOMY.getOrDefault(purpose, "Unusual Behaviors/Application") + "/" + type.replace('/', '-');
    }

    private static Doc fields(Facts facts) {
        return new Doc()
                .with("tocsin/FindingId", facts.text("id"))
                .with("tocsin/Type", facts.text("type"))
                .with("tocsin/Count", String.valueOf(facts.service().number("count", 1)))
                .with("tocsin/DetectorId", facts.service().text("detectorId"));
    }

    private static List<Doc> resources(Facts facts) {
        List<Doc> all = new ArrayList<>();
        for (Facts.Affected one : facts.affected()) {
            Doc details = Facts.filled(details(one, facts.finding().part("resource")));
            String id = one.type().equals("AwsIamAccessKey") ? "AWS::IAM::AccessKey:" + one.id() : one.id();
            all.add(new Doc()
                    .with("Type", one.type())
                    .with("Id", one.arn() == null ? id : one.arn())
                    .with("Partition", facts.partition())
                    .with("Region", facts.text("region"))
                    .with("Details", details.isEmpty() ? null : new Doc().with(one.type(), details)));
        }
        return all;
    }

    private static Doc details(Facts.Affected one, Doc resource) {
        return switch (one.type()) {
            case "AwsEc2Instance" -> instance(resource.part("instanceDetails"));
            case "AwsLambdaFunction" ->
                new Doc()
                        .with("FunctionName", resource.part("lambdaDetails").text("functionName"))
                        .with("Role", resource.part("lambdaDetails").text("role"));
            case "AwsIamAccessKey" -> key(resource.part("accessKeyDetails"));
            case "AwsS3Bucket" -> new Doc().with("Name", one.name());
            default -> new Doc();
        };
    }

    private static Doc instance(Doc instance) {
        Doc details = new Doc()
                .with("Type", instance.text("instanceType"))
                .with("ImageId", instance.text("imageId"))
                .with("LaunchedAt", instance.text("launchTime"))
                .with(
                        "IamInstanceProfileArn",
                        instance.part("iamInstanceProfile").text("arn"));
        List<Doc> interfaces = JsonText.objects(instance.get("networkInterfaces"));
        if (!interfaces.isEmpty()) {
            details.with("VpcId", interfaces.getFirst().text("vpcId"))
                    .with("SubnetId", interfaces.getFirst().text("subnetId"));
            List<String> addresses = new ArrayList<>();
            for (Doc one : interfaces) {
                add(addresses, one.text("privateIpAddress"));
                add(addresses, one.text("publicIp"));
            }
            details.with("IpV4Addresses", addresses.isEmpty() ? null : addresses);
        }
        return details;
    }

    private static void add(List<String> all, @Nullable String one) {
        if (one != null && !all.contains(one)) {
            all.add(one);
        }
    }

    private static Doc key(Doc key) {
        return new Doc()
                .with("AccessKeyId", key.text("accessKeyId"))
                .with("PrincipalId", key.text("principalId"))
                .with("PrincipalType", key.text("userType"))
                .with("PrincipalName", key.text("userName"));
    }

    private static Doc action(Facts facts) {
        Doc call = facts.call();
        String type = facts.action().text("actionType");
        if (type == null) {
            return new Doc();
        }
        Doc action = new Doc().with("ActionType", type);
        return switch (type) {
            case "NETWORK_CONNECTION" -> action.with("NetworkConnectionAction", connection(facts, call));
            case "AWS_API_CALL" ->
                action.with(
                        "AwsApiCallAction",
                        new Doc()
                                .with("Api", call.text("api"))
                                .with("ServiceName", call.text("serviceName"))
                                .with("CallerType", call.text("callerType"))
                                .with("RemoteIpDetails", remote(facts)));
            case "DNS_REQUEST" ->
                action.with(
                        "DnsRequestAction",
                        new Doc()
                                .with("Domain", call.text("domain"))
                                .with("Protocol", call.text("protocol"))
                                .with("Blocked", call.get("blocked")));
            case "PORT_PROBE" ->
                action.with(
                        "PortProbeAction",
                        new Doc()
                                .with(
                                        "Blocked",
                                        facts.action().part("portProbeAction").get("blocked"))
                                .with(
                                        "PortProbeDetails",
                                        List.of(new Doc()
                                                .with("LocalPortDetails", port(call.part("localPortDetails")))
                                                .with("RemoteIpDetails", remote(facts)))));
            default -> new Doc();
        };
    }

    private static Doc connection(Facts facts, Doc call) {
        return new Doc()
                .with("ConnectionDirection", call.text("connectionDirection"))
                .with("Protocol", call.text("protocol"))
                .with("Blocked", call.get("blocked"))
                .with("RemoteIpDetails", remote(facts))
                .with("RemotePortDetails", port(call.part("remotePortDetails")))
                .with("LocalPortDetails", port(call.part("localPortDetails")));
    }

    private static @Nullable Doc port(Doc port) {
        Doc details = new Doc().with("Port", port.get("port")).with("PortName", port.text("portName"));
        return details.isEmpty() ? null : details;
    }

    private static @Nullable Doc remote(Facts facts) {
        Facts.Side side = facts.remote();
        if (side == null) {
            return null;
        }
        Doc organization = side.details().part("organization");
        String asn = organization.text("asn");
        Doc org = new Doc()
                .with("Asn", asn != null && asn.matches("\\d{1,9}") ? Long.valueOf(asn) : null)
                .with("AsnOrg", organization.text("asnOrg"))
                .with("Isp", organization.text("isp"))
                .with("Org", organization.text("org"));
        String country = side.details().part("country").text("countryName");
        String city = side.details().part("city").text("cityName");
        boolean v4 = side.details().text("ipAddressV4") != null;
        return new Doc()
                .with("IpAddressV4", v4 ? side.ip() : null)
                .with("Organization", org.isEmpty() ? null : org)
                .with("Country", country == null ? null : new Doc().with("CountryName", country))
                .with("City", city == null ? null : new Doc().with("CityName", city));
    }
}
