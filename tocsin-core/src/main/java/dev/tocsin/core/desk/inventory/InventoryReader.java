package dev.tocsin.core.desk.inventory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.desk.inventory.InventoryFact.Source;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what EC2's DescribeInstances, DescribeNetworkInterfaces, DescribeNatGateways, DescribeVpcEndpoints,
 * DescribeSubnets and DescribeAddresses, Lambda's ListFunctions and IAM's ListInstanceProfiles answer: one answer, several behind each other, a list
 * of them, or all members in one object. Members it does not know are passed over.
 */
public final class InventoryReader {

    private final @Nullable String account;
    private final Consumer<InventoryFact> out;
    private final List<InventoryFact> ownerless = new ArrayList<>();
    private final TreeSet<String> owners = new TreeSet<>();
    private @Nullable String named;
    private long resources;

    private InventoryReader(@Nullable String account, Consumer<InventoryFact> out) {
        this.account = account;
        this.out = out;
    }

    /**
     * Reads all documents of {@code json} and gives their facts to {@code out}. What names no owner belongs to the
     * account that the file names (a member {@code Account}, or the one owner of all the rest), else to {@code account}.
     *
     * @return how many resources were read
     * @throws IOException if it is no JSON; facts before the fault were given
     */
    public static long read(JsonParser json, @Nullable String account, Consumer<InventoryFact> out) throws IOException {
        InventoryReader reader = new InventoryReader(account, out);
        try {
            while (json.nextToken() != null) {
                reader.document(json);
            }
        } finally {
            reader.giveOwnerless();
        }
        return reader.resources;
    }

    private void document(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                document(json);
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                member(name, json);
            }
        }
    }

    private void member(String name, JsonParser json) throws IOException {
        if (name.equals("Account") && json.currentToken() == JsonToken.VALUE_STRING) {
            named = json.getText();
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    resource(name, Doc.read(json));
                } else {
                    json.skipChildren();
                }
            }
        } else {
            json.skipChildren();
        }
    }

    private void resource(String list, Doc doc) {
        Described described = described(Shape.text(doc, "OwnerId"));
        switch (list) {
            case "Reservations" ->
                Shape.list(doc, "Instances").forEach(instance -> {
                    resources++;
                    described.instance(instance);
                });
            case "Instances" -> described.instance(doc);
            case "NetworkInterfaces" -> described.networkInterface(doc);
            case "NatGateways" -> natGateway(doc, described);
            case "VpcEndpoints" -> endpoint(doc, described);
            case "Addresses" -> elastic(doc, described);
            case "Functions" -> function(doc);
            case "InstanceProfiles" -> instanceProfile(doc);
            default -> resources--;
        }
        resources += list.equals("Reservations") ? 0 : 1;
    }

    private Described described(@Nullable String owner) {
        if (owner != null) {
            owners.add(owner);
        }
        return new Described(owner == null ? Event.UNKNOWN : owner, Source.FILE, 0, this::give);
    }

    private void natGateway(Doc doc, Described described) {
        String id = Shape.text(doc, "NatGatewayId");
        for (Doc address : Shape.list(doc, "NatGatewayAddresses")) {
            String host = Shape.text(address, "NetworkInterfaceId");
            described.state(
                    Kind.INTERFACE,
                    host,
                    box(host, "natGateway", id, doc)
                            .with("privateIpAddress", Shape.text(address, "PrivateIp"))
                            .with("publicIp", Shape.text(address, "PublicIp")));
            Doc points = new Doc().with("interfaceId", host);
            String own = Shape.text(address, "PublicIp");
            described.state(Kind.ADDRESS, own, points);
            String inside = Shape.text(address, "PrivateIp");
            if (inside != null) {
                described.state(Kind.ADDRESS, Inventory.addressId(Shape.text(doc, "VpcId"), inside), points);
            }
        }
    }

    private void endpoint(Doc doc, Described described) {
        for (String host : Shape.texts(doc, "NetworkInterfaceIds")) {
            described.state(Kind.INTERFACE, host, box(host, "vpc_endpoint", Shape.text(doc, "VpcEndpointId"), doc));
        }
    }

    /** What an interface is known to be because the thing behind it names it. */
    static Doc box(@Nullable String host, String type, @Nullable String owner, Doc doc) {
        return new Doc()
                .with("networkInterfaceId", host)
                .with("interfaceType", type)
                .with("ownerId", owner)
                .with("vpcId", Shape.text(doc, "VpcId"))
                .with("subnetId", Shape.text(doc, "SubnetId"));
    }

    private void elastic(Doc doc, Described described) {
        String allocation = Shape.text(doc, "AllocationId");
        String address = Shape.text(doc, "PublicIp");
        described.state(Kind.ALLOCATION, allocation, new Doc().with("publicIp", address));
        described.state(
                Kind.ADDRESS,
                address,
                new Doc().with("allocationId", allocation).with("interfaceId", Shape.text(doc, "NetworkInterfaceId")));
    }

    private void function(Doc doc) {
        String[] arn = String.valueOf(Shape.text(doc, "FunctionArn")).split(":", -1);
        described(arn.length > 4 ? arn[4] : null).function(doc, List.of());
    }

    private void instanceProfile(Doc doc) {
        String[] arn = String.valueOf(Shape.text(doc, "Arn")).split(":", -1);
        Described described = described(arn.length > 4 ? arn[4] : null);
        Doc members = new Doc().with("instanceProfileName", Shape.text(doc, "InstanceProfileName"));
        for (Doc role : Shape.list(doc, "Roles")) {
            described.state(Kind.PROFILE_ROLE, Shape.text(role, "RoleName"), members);
        }
    }

    private void give(InventoryFact fact) {
        if (Event.known(fact.account())) {
            out.accept(fact);
        } else {
            ownerless.add(fact);
        }
    }

    private void giveOwnerless() {
        String owner = Optional.ofNullable(named)
                .or(() -> owners.size() == 1 ? Optional.of(owners.first()) : Optional.empty())
                .or(() -> Optional.ofNullable(account))
                .orElse(Event.UNKNOWN);
        for (InventoryFact fact : ownerless) {
            out.accept(new InventoryFact(
                    fact.kind(), owner, fact.id(), fact.source(), fact.from(), fact.to(), fact.members()));
        }
        ownerless.clear();
    }
}
