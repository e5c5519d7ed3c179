package dev.tocsin.core.desk;

import dev.tocsin.core.desk.Resolved.Kind;
import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.Owner;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers a signal's question: what stood behind this interface or address at that time. */
final class Resolver {

    /** Stands where a finding's form wants an instance and there is none, as in flow logs. */
    static final String NONE = "-";

    /** Functions of one interface that a finding's functionName names; all stand in its candidates. Ours. */
    static final int NAMES_SHOWN = 8;

    private static final String NOT_VISIBLE = "the host behind it is not visible in the records at hand";

    private final Inventory inventory;

    Resolver(Inventory inventory) {
        this.inventory = inventory;
    }

    Resolved resolve(Subject subject, long at) {
        return switch (subject) {
            case Subject.Known known ->
                new Resolved(Kind.HOST, known.key(), null, List.of(), known.resource(), new Doc());
            case Subject.Interface host -> networkInterface(host, at);
            case Subject.NameClient client -> client(client, at);
            case Subject.Machine machine -> machine(machine, at);
        };
    }

    private Resolved machine(Subject.Machine machine, long at) {
        Doc resource = new Doc().withAll(machine.resource());
        if (machine.instanceId() == null) {
            Doc marks = new Doc().with("owner", "host").with("ownerName", machine.name());
            return new Resolved(Kind.HOST, machine.key(), machine.name(), List.of(), resource, marks);
        }
        Resolved instance = instance(machine.instanceId(), at);
        resource.with("instanceDetails", instance.resource().get("instanceDetails"));
        return new Resolved(Kind.HOST, machine.key(), machine.name(), instance.entities(), resource, instance.marks());
    }

    private Resolved networkInterface(Subject.Interface host, long at) {
        if (host.instanceId() != null && !host.instanceId().equals(NONE)) {
            return instance(host.instanceId(), at);
        }
        Owner owner = inventory.owner(host.interfaceId(), at);
        boolean recordSaysNone = NONE.equals(host.instanceId());
        if (recordSaysNone && owner instanceof Owner.Instance) {
            owner = new Owner.Unknown("the record says that the interface is no instance's, the inventory that it is");
        } else if (recordSaysNone && owner instanceof Owner.Unknown unknown) {
            owner = new Owner.Unknown("no instance's interface, as the record says; " + unknown.why());
        }
        return owned(owner, host.interfaceId(), bare(host, at), at, recordSaysNone);
    }

    private Resolved owned(Owner owner, String key, Doc bare, long at, boolean surelyNoInstance) {
        List<String> entities = List.of(key);
        return switch (owner) {
            case Owner.Instance instance -> instance(instance.id(), at);
            case Owner.Functions functions -> functions(functions.candidates(), key, at);
            case Owner.Task task ->
                new Resolved(
                        Kind.HOST,
                        key,
                        task.attachment(),
                        entities,
                        bare,
                        new Doc().with("owner", "task").with("ownerName", task.attachment()));
            case Owner.Other box ->
                new Resolved(
                        Kind.BOX,
                        box.name(),
                        box.what() + " " + box.name(),
                        entities,
                        bare,
                        new Doc()
                                .with("owner", box.what())
                                .with("ownerName", box.name())
                                .with("unknown", List.of(NOT_VISIBLE)));
            case Owner.Unknown unknown ->
                new Resolved(
                        surelyNoInstance ? Kind.BOX : Kind.UNKNOWN,
                        key,
                        key,
                        entities,
                        bare,
                        new Doc().with("owner", "unknown").with("unknown", List.of(unknown.why())));
        };
    }

    private Resolved instance(String id, long at) {
        Doc marks = new Doc().with("owner", "instance");
        if (!inventory.knows(id)) {
            marks.with("unknown", List.of("the inventory does not have instance " + id));
        }
        Doc details = inventory.instance(id, at);
        List<String> entities = new ArrayList<>(List.of(id));
        if (details.get("networkInterfaces") instanceof List<?> interfaces) {
            interfaces.forEach(shown ->
                    entities.add(String.valueOf(((Doc) Objects.requireNonNull(shown)).text("networkInterfaceId"))));
        }
        return new Resolved(Kind.HOST, id, id, entities, instanceResource(details), marks);
    }

    private static Doc instanceResource(Doc details) {
        return new Doc().with("resourceType", "Instance").with("instanceDetails", details);
    }

    private Resolved functions(List<Doc> candidates, String key, long at) {
        Doc marks = new Doc().with("owner", "function");
        Doc details = new Doc();
        String name = key;
        if (candidates.size() == 1) {
            details = candidates.getFirst();
            name = String.valueOf(details.text("functionName"));
        } else if (candidates.isEmpty()) {
            marks.with("unknown", List.of("the inventory has no function with this interface's subnet and groups"));
        } else {
            marks.with(
                    "candidates",
                    candidates.stream()
                            .map(function -> String.valueOf(function.text("functionArn")))
                            .toList());
            marks.with("unknown", List.of("which of the candidates: they share the interface"));
            details = shared(candidates).with("functionName", names(candidates));
        }
        Doc resource = new Doc().with("resourceType", "Lambda").with("lambdaDetails", details);
        List<String> entities = new ArrayList<>(List.of(key, inventory.functionSet(key, at)));
        candidates.forEach(function -> entities.add(String.valueOf(function.text("functionArn"))));
        return new Resolved(Kind.FUNCTIONS, key, name, entities, resource, marks);
    }

    /** All names, as no function's name holds the sign between them; beyond a few their number. */
    private static String names(List<Doc> candidates) {
        return candidates.stream()
                        .limit(NAMES_SHOWN)
                        .map(function -> String.valueOf(function.text("functionName")))
                        .collect(Collectors.joining("|"))
                + (candidates.size() > NAMES_SHOWN ? "|" + (candidates.size() - NAMES_SHOWN) + " more" : "");
    }

    /** What all candidates have in common. */
    private static Doc shared(List<Doc> candidates) {
        Doc common = new Doc();
        candidates.getFirst().members().forEach((member, value) -> {
            if (candidates.stream().allMatch(other -> value.equals(other.get(member)))) {
                common.with(member, value);
            }
        });
        return common;
    }

    private Resolved client(Subject.NameClient client, long at) {
        if (client.instanceId() != null) {
            return instance(client.instanceId(), at);
        }
        if (client.resolverEndpoint() != null) {
            Owner box = new Owner.Other("resolver endpoint", client.resolverEndpoint());
            Doc bare = bareInterface(client.resolverEndpoint());
            return owned(box, client.key(), bare, at, false);
        }
        Owner owner = client.address() == null
                ? new Owner.Unknown("the record names no client")
                : inventory.ownerOfAddress(client.vpcId(), client.address(), at);
        String key = client.address() == null ? client.key() : Inventory.addressId(client.vpcId(), client.address());
        return owned(owner, key, bareAddress(client.vpcId(), client.address()), at, false);
    }

    /** What can be said of an interface that is no instance's: itself. */
    private Doc bare(Subject.Interface host, long at) {
        Doc shown = inventory.shown(host.interfaceId(), at);
        Doc alone = new Doc()
                .with("ipv6Addresses", List.of())
                .with("networkInterfaceId", host.interfaceId())
                .with("privateIpAddress", host.address())
                .with("subnetId", host.subnetId())
                .with("vpcId", host.vpcId())
                .withAll(shown);
        return instanceResource(new Doc().with("instanceId", NONE).with("networkInterfaces", List.of(alone)));
    }

    /** A resolver endpoint's own interfaces do not stand in query logs; its id does. */
    private static Doc bareInterface(String endpoint) {
        Doc alone = new Doc().with("networkInterfaceId", endpoint);
        return instanceResource(new Doc().with("instanceId", NONE).with("networkInterfaces", List.of(alone)));
    }

    private static Doc bareAddress(@Nullable String vpcId, @Nullable String address) {
        Doc alone = new Doc().with("privateIpAddress", address).with("vpcId", vpcId);
        return instanceResource(new Doc().with("instanceId", NONE).with("networkInterfaces", List.of(alone)));
    }
}
