package dev.tocsin.server.inspect;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.event.NameQuery;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody or something that logs speak of: an identity, an address, an instance or an interface. */
public final class Entity {

    private final String name;
    private final @Nullable Address address;
    private final Set<String> interfaces = new HashSet<>();

    /** The same, with the interfaces that {@code facts} say an instance has: flows of short formats name only these. */
    public Entity(String name, Collection<InventoryFact> facts) {
        this(name);
        facts.stream()
                .filter(fact -> fact.kind() == InventoryFact.Kind.INTERFACE
                        && name.equals(fact.members().text("instanceId")))
                .forEach(fact -> interfaces.add(fact.id()));
    }

    /** The entity called {@code name}: an ARN, principal id, access key, user name, address, instance or interface. */
    public Entity(String name) {
        this.name = name;
        this.address = Address.parse(name);
    }

    /** As it was named. */
    public String name() {
        return name;
    }

    /** Whether {@code event} is of it or touches it. */
    public boolean isIn(Event event) {
        return switch (event) {
            case ApiCall call -> isIn(call);
            case Flow flow -> isIn(flow);
            case NameQuery query -> isIn(query);
            case HostEvent host ->
                address == null
                        ? isOneOf(host.host().name())
                        : host.peer() != null && address.equals(host.peer().address());
        };
    }

    private boolean isIn(ApiCall call) {
        Caller caller = call.caller();
        if (address != null) {
            return caller != null && address.equals(caller.address());
        }
        Identity who = call.identity();
        String principal = who.principalId();
        return isOneOf(who.arn(), principal, who.accessKeyId(), who.userName(), who.issuerArn(), who.actor())
                || (name.startsWith("i-") && principal != null && principal.endsWith(":" + name));
    }

    private boolean isIn(Flow flow) {
        if (address == null) {
            return isOneOf(flow.instanceId(), flow.interfaceId()) || interfaces.contains(flow.interfaceId());
        }
        return is(flow.sourceHigh(), flow.sourceLow())
                || is(flow.targetHigh(), flow.targetLow())
                || is(flow.packetSourceHigh(), flow.packetSourceLow())
                || is(flow.packetTargetHigh(), flow.packetTargetLow());
    }

    private boolean isIn(NameQuery query) {
        return isOneOf(query.instanceId(), query.sourceAddress(), query.resolverInterface())
                || query.answers().stream().anyMatch(answer -> isOneOf(answer.data()));
    }

    private boolean is(long high, long low) {
        return address != null && address.high() == high && address.low() == low;
    }

    private boolean isOneOf(@Nullable String... values) {
        return Arrays.stream(values).filter(Objects::nonNull).anyMatch(name::equals);
    }
}
