package dev.tocsin.server.api.own;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who or what is asked about, as it was named, and by which attributes findings tell of it.
 *
 * @param name as it was named
 * @param account that an ARN names, or null
 * @param shortName what an ARN ends in: a user, a role, a function; else the name
 */
record EntityName(String name, Kind kind, @Nullable String account, String shortName) {

    private static final Pattern IDENTITY = Pattern.compile(
            "arn:[^:]*:(?:iam|sts)::(\\d{12}):(?:user|role|assumed-role|federated-user)/(?:.*/)?([^/]+)");
    private static final Pattern SESSION = Pattern.compile("arn:[^:]*:sts::(\\d{12}):assumed-role/([^/]+)/(.+)");
    private static final Pattern ROOT = Pattern.compile("(?:arn:[^:]*:iam::|root:)(\\d{12})(?::root)?");
    private static final Pattern RESOURCE = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:(\\d{12})?:(?:.*[:/])?([^:/]+)");
    private static final String REMOTE = ".remoteIpDetails.ipAddress";
    private static final List<String> ACTIONS = List.of(
            "service.action.awsApiCallAction",
            "service.action.networkConnectionAction",
            "service.action.kubernetesApiCallAction");
    private static final String NETWORK = "resource.instanceDetails.networkInterfaces.";

    /** What it is. */
    enum Kind {
        IDENTITY,
        ADDRESS,
        HOST,
        RESOURCE,
        DOMAIN;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static EntityName of(String name) {
        Matcher session = SESSION.matcher(name);
        Matcher identity = IDENTITY.matcher(name);
        Matcher root = ROOT.matcher(name);
        Matcher resource = RESOURCE.matcher(name);
        if (Address.parse(name) != null) {
            return new EntityName(name, Kind.ADDRESS, null, name);
        }
        if (session.matches()) {
            return new EntityName(name, Kind.IDENTITY, session.group(1), session.group(2));
        }
        if (identity.matches()) {
            return new EntityName(name, Kind.IDENTITY, identity.group(1), identity.group(2));
        }
        if (root.matches()) {
            return new EntityName(name, Kind.IDENTITY, root.group(1), "Root");
        }
        if (resource.matches()) {
            String last = resource.group(2);
            return new EntityName(name, last.startsWith("i-") ? Kind.HOST : Kind.RESOURCE, resource.group(1), last);
        }
        if (name.matches("(?:i|eni)-[0-9a-f]+")) {
            return new EntityName(name, Kind.HOST, null, name);
        }
        return new EntityName(name, Kind.IDENTITY, null, name);
    }

    /** Attributes of findings, each with the value that speaks of it. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (kind == Kind.ADDRESS) {
            String version = name.contains(":") ? "V6" : "V4";
            ACTIONS.forEach(action -> attributes.put(action + REMOTE + version, name));
            attributes.put("service.action.networkConnectionAction.localIpDetails.ipAddress" + version, name);
            attributes.put(NETWORK + "publicIp", name);
            attributes.put(NETWORK + "privateIpAddresses.privateIpAddress", name);
            attributes.put(NETWORK + "ipv6Addresses", name);
            return attributes;
        }
        attributes.put("resource.instanceDetails.instanceId", shortName);
        attributes.put("resource.lambdaDetails.functionArn", name);
        attributes.put("resource.lambdaDetails.functionName", shortName);
        attributes.put("resource.s3BucketDetails.name", shortName);
        attributes.put("service.action.dnsRequestAction.domain", name);
        if (kind == Kind.IDENTITY) {
            attributes.put("resource.accessKeyDetails.userName", shortName);
            attributes.put("resource.accessKeyDetails.principalId", name);
            attributes.put("resource.accessKeyDetails.accessKeyId", name);
        }
        return attributes;
    }

    /** Whether {@code finding}, which one of the attributes found, is of its account too. */
    boolean isIn(Doc finding) {
        return account == null || account.equals(finding.text("accountId"));
    }

    /** What it is by the findings that it is in, as a bare name may be anything's. */
    Kind kindIn(List<Doc> known) {
        if (kind != Kind.IDENTITY || account != null || known.isEmpty()) {
            return kind;
        }
        if (known.stream()
                .map(one -> one.part("resource").part("accessKeyDetails"))
                .anyMatch(this::isCredential)) {
            return kind;
        }
        boolean asked = known.stream()
                .map(one -> one.part("service").part("action").part("dnsRequestAction"))
                .anyMatch(request -> name.equals(request.text("domain")));
        return asked ? Kind.DOMAIN : Kind.RESOURCE;
    }

    private boolean isCredential(Doc details) {
        return name.equals(details.text("userName"))
                || name.equals(details.text("principalId"))
                || name.equals(details.text("accessKeyId"));
    }

    /** Whether a field of {@code record} names it. */
    boolean isNamedIn(Doc record) {
        return record.part("fields").members().values().stream()
                .map(String::valueOf)
                .anyMatch(this::isNamedBy);
    }

    private boolean isNamedBy(String value) {
        return value.equals(name)
                || value.equals(shortName)
                || (kind == Kind.IDENTITY
                        && (value.endsWith("/" + shortName) || value.contains("/" + shortName + "/")));
    }

    /** Whether the profile kept under {@code principal} is its. */
    boolean isPrincipal(String principal) {
        return principal.equals(name)
                || (shortName.equals("Root") && principal.startsWith("root:"))
                || principal.endsWith("/" + shortName);
    }
}
