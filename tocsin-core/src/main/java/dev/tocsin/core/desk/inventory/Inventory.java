package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inventory of one account: state of its desk, asked as of an event's time. */
public final class Inventory {

    /** Members of a list (interfaces, addresses, groups) shown at most. */
    static final int MAX_SHOWN = 32;

    /** Tags that name a group of instances, as AWS and Karpenter set them. */
    private static final Map<String, String> GROUP_TAGS = Map.of(
            "aws:autoscaling:groupName", "auto-scaling group",
            "aws:ec2:fleet-id", "fleet",
            "aws:ec2spot:fleet-request-id", "spot fleet",
            "aws:elasticmapreduce:job-flow-id", "EMR cluster",
            "eks:nodegroup-name", "node group",
            "karpenter.sh/nodepool", "node pool");

    private final KeyContext state;

    /** The inventory in {@code state}. */
    public Inventory(KeyContext state) {
        this.state = state;
    }

    /** Takes {@code fact} in; whether it said anything new. */
    public boolean learn(InventoryFact fact) {
        String name = name(fact.kind(), fact.id());
        Known known = state.get(Known.KIND, name);
        if (known == null) {
            known = new Known();
            Eviction.entered(name, state);
        }
        boolean changed = known.add(fact);
        if (changed) {
            state.put(Known.KIND, name, known);
        }
        return changed;
    }

    static String name(Kind kind, String id) {
        return kind.name() + "/" + id;
    }

    /** The id of an address: private ones are told apart by VPC. */
    public static String addressId(@Nullable String vpcId, String address) {
        Address parsed = Address.parse(address);
        return parsed != null && parsed.isPublic() && parsed.isV4() ? address : vpcId + "/" + address;
    }

    /** The id of the functions that share one subnet and group set. */
    static String setId(String subnet, List<String> groups) {
        return subnet + "|"
                + String.join(",", groups.stream().sorted().distinct().toList());
    }

    /** A function's ARN without version or alias. */
    static @Nullable String plainArn(@Nullable String arn) {
        if (arn == null) {
            return null;
        }
        String[] parts = arn.split(":", -1);
        return parts.length <= 7 ? arn : String.join(":", List.of(parts).subList(0, 7));
    }

    private @Nullable Known known(Kind kind, @Nullable String id) {
        return id == null ? null : state.get(Known.KIND, name(kind, id));
    }

    private Doc asOf(Kind kind, @Nullable String id, long at) {
        Known known = known(kind, id);
        return known == null ? new Doc() : known.asOf(at);
    }

    private Doc holding(Kind kind, @Nullable String id, long at) {
        Known known = known(kind, id);
        return known == null ? new Doc() : known.holding(at);
    }

    /** Whose interface {@code interfaceId} was at {@code at}. */
    public Owner owner(String interfaceId, long at) {
        Known known = known(Kind.INTERFACE, interfaceId);
        if (known == null) {
            return new Owner.Unknown("the inventory does not have interface " + interfaceId);
        }
        Doc members = known.asOf(at);
        String instance = members.text("instanceId");
        if (instance != null && instance.startsWith("i-") && !ended(members.text("attachmentId"), at)) {
            return new Owner.Instance(instance);
        }
        if (InterfaceOwner.isFunctions(members)) {
            return new Owner.Functions(candidates(members, at));
        }
        Owner other = InterfaceOwner.of(members);
        return other != null
                ? other
                : new Owner.Unknown("the inventory has interface " + interfaceId + " attached to nothing");
    }

    private boolean ended(@Nullable String link, long at) {
        return Boolean.TRUE.equals(holding(Kind.LINK, link, at).get("ended"));
    }

    /** The id of the functions that share interface {@code interfaceId} as it was at {@code at}. */
    public String functionSet(String interfaceId, long at) {
        return functionSet(asOf(Kind.INTERFACE, interfaceId, at));
    }

    private static String functionSet(Doc members) {
        List<String> groups = Shape.list(members, "securityGroups").stream()
                .map(group -> String.valueOf(group.text("groupId")))
                .toList();
        return setId(String.valueOf(members.text("subnetId")), groups);
    }

    private List<Doc> candidates(Doc members, long at) {
        Known set = known(Kind.FUNCTION_SET, functionSet(members));
        if (set == null) {
            return List.of();
        }
        return set.all(at).stream()
                .map(member -> function(String.valueOf(member.text("functionArn")), at))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(function -> String.valueOf(function.text("functionArn"))))
                .toList();
    }

    /** The owner of {@code address} in {@code vpcId} (null for a public one) at {@code at}. */
    public Owner ownerOfAddress(@Nullable String vpcId, String address, long at) {
        Known known = known(Kind.ADDRESS, addressId(vpcId, address));
        Optional<Known.Dated> holder = known == null ? Optional.empty() : known.latest(at);
        String interfaceId =
                holder.map(fact -> fact.members().text("interfaceId")).orElse(null);
        if (interfaceId == null) {
            return new Owner.Unknown("the inventory has nobody with address " + address + " at this time");
        }
        Owner owner = owner(interfaceId, at);
        boolean gone = owner instanceof Owner.Instance instance
                && Boolean.TRUE.equals(holding(Kind.INSTANCE, instance.id(), at).get("ended"));
        return gone ? new Owner.Unknown("who had address " + address + " is gone at this time") : owner;
    }

    /** Whether the public address {@code address} belonged to the account at {@code at}. */
    public boolean isOurs(String address, long at) {
        Doc holder = holding(Kind.ADDRESS, address, at);
        String allocation = holder.text("allocationId");
        return !holder.isEmpty() && (allocation == null || !released(allocation, at));
    }

    private boolean released(String allocation, long at) {
        return Boolean.TRUE.equals(holding(Kind.ALLOCATION, allocation, at).get("released"));
    }

    /** Whether {@code address} was one of those of instance {@code id} at {@code at}; of IPv6, one of its subnets' (/64). */
    public boolean hasAddress(String id, String address, long at) {
        Address wanted = Address.parse(address);
        for (String host : Shape.texts(asOf(Kind.INSTANCE, id, at), "interfaceIds")) {
            Doc shown = shown(host, at);
            if (address.equals(shown.text("publicIp"))) {
                return true;
            }
            for (String one : Shape.texts(shown, "ipv6Addresses")) {
                Address own = Address.parse(one);
                if (wanted != null && own != null && !wanted.isV4() && own.high() == wanted.high()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the role {@code arn} was in an instance profile at {@code at}, or in that of instance {@code id}. */
    public boolean isInstanceRole(String arn, String id, long at) {
        String role = arn.substring(arn.lastIndexOf('/') + 1);
        Doc profile = asOf(Kind.INSTANCE, id, at).part("iamInstanceProfile");
        String profileArn = profile.text("arn");
        return !asOf(Kind.PROFILE_ROLE, role, at).isEmpty()
                || (profileArn != null
                        && profileArn.substring(profileArn.lastIndexOf('/') + 1).equals(role));
    }

    /** Whether anything at all is known of instance {@code id}. */
    public boolean knows(String id) {
        return known(Kind.INSTANCE, id) != null;
    }

    /** instanceDetails of instance {@code id} at {@code at}; the id alone if nothing is known. */
    public Doc instance(String id, long at) {
        Doc known = asOf(Kind.INSTANCE, id, at);
        List<String> interfaces = Shape.texts(known, "interfaceIds");
        Doc details = new Doc()
                .with("instanceId", id)
                .with("instanceType", known.text("instanceType"))
                .with("launchTime", known.text("launchTime"))
                .with("platform", known.text("platform"))
                .with("productCodes", known.get("productCodes"))
                .with("iamInstanceProfile", known.get("iamInstanceProfile"));
        if (!known.isEmpty()) {
            details.with(
                    "networkInterfaces",
                    interfaces.stream().map(host -> shown(host, at)).toList());
        }
        return details.with("outpostArn", known.text("outpostArn"))
                .with("tags", known.get(Tags.ALL))
                .with("instanceState", known.text("instanceState"))
                .with("availabilityZone", known.text("availabilityZone"))
                .with("imageId", known.text("imageId"))
                .with("imageDescription", known.text("imageDescription"));
    }

    /** The groups that instance {@code id} belongs to at {@code at}, the closest first: such as {@code image ami-…}. */
    public List<String> groups(String id, long at) {
        Doc known = asOf(Kind.INSTANCE, id, at);
        List<String> groups = new ArrayList<>();
        for (Doc tag : Shape.list(known, Tags.ALL)) {
            String what = GROUP_TAGS.get(String.valueOf(tag.text("key")));
            if (what != null) {
                groups.add(what + " " + tag.text("value"));
            }
        }
        groups.sort(null);
        if (known.text("imageId") != null) {
            groups.add("image " + known.text("imageId"));
        }
        return groups;
    }

    /** An interface in the form of instanceDetails.networkInterfaces. */
    public Doc shown(String interfaceId, long at) {
        Doc known = asOf(Kind.INTERFACE, interfaceId, at);
        String allocation = ended(known.text("associationId"), at) ? null : known.text("allocationId");
        String elastic = asOf(Kind.ALLOCATION, allocation, at).text("publicIp");
        return new Doc()
                .with("ipv6Addresses", Objects.requireNonNullElse(known.get("ipv6Addresses"), new ArrayList<>()))
                .with("networkInterfaceId", interfaceId)
                .with("privateDnsName", known.text("privateDnsName"))
                .with("privateIpAddress", known.text("privateIpAddress"))
                .with("privateIpAddresses", known.get("privateIpAddresses"))
                .with("publicDnsName", known.text("publicDnsName"))
                .with("publicIp", elastic == null ? known.text("publicIp") : elastic)
                .with("securityGroups", known.get("securityGroups"))
                .with("subnetId", known.text("subnetId"))
                .with("vpcId", known.text("vpcId"));
    }

    /** lambdaDetails of function {@code arn} at {@code at}; empty if it is unknown or was deleted. */
    public Optional<Doc> function(String arn, long at) {
        Doc known = asOf(Kind.FUNCTION, arn, at);
        if (known.isEmpty() || Boolean.TRUE.equals(known.get("deleted"))) {
            return Optional.empty();
        }
        return Optional.of(new Doc().withAll(known));
    }
}
