package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.desk.inventory.InventoryFact.Source;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns descriptions of resources, in either of AWS's spellings, into facts. */
final class Described {

    private static final Pattern ENDED = Pattern.compile("\\((\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) GMT\\)");

    private final String account;
    private final Source source;
    private final long from;
    private final Consumer<InventoryFact> out;

    /** For resources of {@code account}, known from {@code from} on where they do not say themselves. */
    Described(String account, Source source, long from, Consumer<InventoryFact> out) {
        this.account = account;
        this.source = source;
        this.from = from;
        this.out = out;
    }

    /** The same for another account. */
    Described of(@Nullable String owner) {
        return owner == null || owner.equals(account) ? this : new Described(owner, source, from, out);
    }

    /** States {@code members} of a resource. */
    void state(Kind kind, @Nullable String id, long since, long until, Doc members) {
        if (id != null && !id.isEmpty() && id.length() <= Evidence.VALUE_LIMIT) {
            out.accept(new InventoryFact(kind, account, id, source, since, until, members));
        }
    }

    /** States {@code members} from this description's time on. */
    void state(Kind kind, @Nullable String id, Doc members) {
        state(kind, id, from, InventoryFact.OPEN, members);
    }

    /** An instance with its interfaces and addresses. */
    void instance(Doc described) {
        String id = Shape.text(described, "InstanceId");
        String state = Shape.text(any(described, "State", "InstanceState"), "Name");
        boolean ended = "terminated".equals(state) || "shutting-down".equals(state);
        long launched = Shape.time(described, "LaunchTime", from);
        long end = ended ? endOf(Shape.text(described, "StateTransitionReason")) : InventoryFact.OPEN;
        List<Doc> interfaces = Shape.list(described, "NetworkInterfaces", "networkInterfaceSet");
        Doc members = instanceMembers(described, id, interfaces)
                .with("launchTime", launched <= 0 ? null : Times.iso(launched))
                .with("instanceState", state);
        long since = Math.min(launched, source == Source.EVENT ? from : launched);
        state(Kind.INSTANCE, id, since, InventoryFact.OPEN, members);
        if (end != InventoryFact.OPEN) {
            state(Kind.INSTANCE, id, end, InventoryFact.OPEN, new Doc().with("ended", true));
        }
        for (Doc host : interfaces) {
            networkInterface(host, id, since, end);
        }
    }

    private static Doc any(Doc described, String first, String second) {
        Doc part = Shape.part(described, first);
        return part.isEmpty() ? Shape.part(described, second) : part;
    }

    private static long endOf(@Nullable String reason) {
        Matcher matcher = ENDED.matcher(reason == null ? "" : reason);
        return matcher.find() ? Shape.time(matcher.group(1) + "Z", InventoryFact.OPEN) : InventoryFact.OPEN;
    }

    private static Doc instanceMembers(Doc described, @Nullable String id, List<Doc> interfaces) {
        Doc profile = Shape.part(described, "IamInstanceProfile");
        List<Doc> codes = Shape.list(described, "ProductCodes").stream()
                .map(code -> new Doc()
                        .with(
                                "productCodeId",
                                Shape.text(code, "ProductCodeId") == null
                                        ? Shape.text(code, "ProductCode")
                                        : Shape.text(code, "ProductCodeId"))
                        .with(
                                "productCodeType",
                                Shape.text(code, "ProductCodeType") == null
                                        ? Shape.text(code, "Type")
                                        : Shape.text(code, "ProductCodeType")))
                .toList();
        return new Doc()
                .with("instanceId", id)
                .with("instanceType", Shape.text(described, "InstanceType"))
                .with("platform", Shape.text(described, "Platform"))
                .with("productCodes", codes)
                .with("iamInstanceProfile", profile.isEmpty() ? null : profile(profile))
                .with(Tags.ALL, Tags.of(Shape.list(described, "Tags", "tagSet")))
                .with("availabilityZone", Shape.text(Shape.part(described, "Placement"), "AvailabilityZone"))
                .with("imageId", Shape.text(described, "ImageId"))
                .with("outpostArn", Shape.text(described, "OutpostArn"))
                .with("vpcId", Shape.text(described, "VpcId"))
                .with(
                        "interfaceIds",
                        interfaces.stream()
                                .map(host -> String.valueOf(Shape.text(host, "NetworkInterfaceId")))
                                .limit(Inventory.MAX_SHOWN)
                                .toList());
    }

    /** An instance profile in the words of findings. */
    static Doc profile(Doc described) {
        return new Doc().with("arn", Shape.text(described, "Arn")).with("id", Shape.text(described, "Id"));
    }

    /** An interface that stands by itself. */
    void networkInterface(Doc described) {
        networkInterface(described, null, from, InventoryFact.OPEN);
    }

    private void networkInterface(Doc described, @Nullable String host, long since, long until) {
        String id = Shape.text(described, "NetworkInterfaceId");
        Doc attachment = Shape.part(described, "Attachment");
        String instance = host != null ? host : Shape.text(attachment, "InstanceId");
        long attached = Math.max(0, Shape.time(attachment, "AttachTime", since));
        Doc members = interfaceMembers(described)
                .with("instanceId", instance)
                .with("attachmentId", Shape.text(attachment, "AttachmentId"));
        state(Kind.INTERFACE, id, attached, InventoryFact.OPEN, members);
        Doc points = new Doc().with("interfaceId", id);
        for (String address : addresses(members)) {
            state(Kind.ADDRESS, Inventory.addressId(members.text("vpcId"), address), attached, until, points);
        }
    }

    private static List<String> addresses(Doc members) {
        List<String> all = new ArrayList<>();
        for (Doc one : Shape.list(members, "privateIpAddresses")) {
            all.add(String.valueOf(one.text("privateIpAddress")));
        }
        for (String single : new String[] {"privateIpAddress", "publicIp"}) {
            if (members.text(single) != null) {
                all.add(String.valueOf(members.text(single)));
            }
        }
        all.addAll(Shape.texts(members, "ipv6Addresses"));
        return all.stream().distinct().toList();
    }

    private static Doc interfaceMembers(Doc described) {
        Doc association = Shape.part(described, "Association");
        return new Doc()
                .with("networkInterfaceId", Shape.text(described, "NetworkInterfaceId"))
                .with("interfaceType", Shape.text(described, "InterfaceType"))
                .with("description", Evidence.cut(Shape.text(described, "Description")))
                .with("requesterId", Shape.text(described, "RequesterId"))
                .with("requesterManaged", Boolean.parseBoolean(Shape.text(described, "RequesterManaged")) ? true : null)
                .with("vpcId", Shape.text(described, "VpcId"))
                .with("subnetId", Shape.text(described, "SubnetId"))
                .with("privateIpAddress", canonical(Shape.text(described, "PrivateIpAddress")))
                .with("privateDnsName", Shape.text(described, "PrivateDnsName"))
                .with("publicIp", canonical(Shape.text(association, "PublicIp")))
                .with("publicDnsName", Shape.text(association, "PublicDnsName"))
                .with("ipv6Addresses", ipv6(described))
                .with("privateIpAddresses", privateAddresses(described))
                .with("securityGroups", groups(Shape.list(described, "Groups", "groupSet")));
    }

    private static List<String> ipv6(Doc described) {
        return Shape.list(described, "Ipv6Addresses", "ipv6AddressesSet").stream()
                .map(one -> String.valueOf(canonical(Shape.text(one, "Ipv6Address"))))
                .limit(Inventory.MAX_SHOWN)
                .toList();
    }

    private static List<Doc> privateAddresses(Doc described) {
        return Shape.list(described, "PrivateIpAddresses", "privateIpAddressesSet").stream()
                .limit(Inventory.MAX_SHOWN)
                .map(one -> new Doc()
                        .with("privateDnsName", Shape.text(one, "PrivateDnsName"))
                        .with("privateIpAddress", canonical(Shape.text(one, "PrivateIpAddress"))))
                .toList();
    }

    /** Security groups in the words of findings. */
    static List<Doc> groups(List<Doc> described) {
        return described.stream()
                .limit(Inventory.MAX_SHOWN)
                .map(group -> new Doc()
                        .with("groupName", Shape.text(group, "GroupName"))
                        .with("groupId", Shape.text(group, "GroupId")))
                .toList();
    }

    private static @Nullable String canonical(@Nullable String address) {
        Address parsed = address == null ? null : Address.parse(address);
        return parsed == null ? address : parsed.toString();
    }

    /** A function, and the interfaces it may speak through. */
    void function(Doc described, List<Doc> tags) {
        String arn = Inventory.plainArn(Shape.text(described, "FunctionArn"));
        Doc network = Shape.part(described, "VpcConfig");
        List<String> groups = Shape.texts(network, "SecurityGroupIds");
        long modified = Shape.time(described, "LastModified", -1);
        Doc members = new Doc()
                .with("functionName", Shape.text(described, "FunctionName"))
                .with("functionArn", arn)
                .with("functionVersion", Shape.text(described, "Version"))
                .with("description", Evidence.cut(Shape.text(described, "Description")))
                .with("revisionId", Shape.text(described, "RevisionId"))
                .with("role", Shape.text(described, "Role"))
                .with("lastModifiedAt", modified < 0 ? null : modified)
                .with("vpcConfig", network.isEmpty() ? null : vpcConfig(network, groups))
                .with(Tags.ALL, tags.isEmpty() ? null : Tags.of(tags));
        state(Kind.FUNCTION, arn, members);
        for (String subnet : Shape.texts(network, "SubnetIds")) {
            state(Kind.FUNCTION_SET, Inventory.setId(subnet, groups), new Doc().with("functionArn", arn));
        }
    }

    private static Doc vpcConfig(Doc network, List<String> groups) {
        return new Doc()
                .with("vpcId", Shape.text(network, "VpcId"))
                .with("subnetIds", Shape.texts(network, "SubnetIds"))
                .with(
                        "securityGroups",
                        groups.stream()
                                .map(group -> new Doc().with("groupId", group))
                                .toList());
    }
}
