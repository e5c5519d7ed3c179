package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.traffic.Contact;
import java.util.List;
import java.util.Set;

/**
 * The scanners that the operator authorised: looking for open ports and trying passwords is their work.
 *
 * @param ids their instances or network interfaces
 * @param networks their addresses
 */
public record Scanners(Set<String> ids, List<Network> networks) {

    /** None is authorised. */
    public static final Scanners NONE = new Scanners(Set.of(), List.of());

    /** Whether the host of {@code contact} is one. */
    boolean isHostOf(Contact contact) {
        if (ids.isEmpty() && networks.isEmpty()) {
            return false;
        }
        Flow flow = contact.sample();
        boolean out = contact.isSampleOutbound();
        return ids.contains(flow.interfaceId())
                || (flow.instanceId() != null && ids.contains(flow.instanceId()))
                || holds(new Address(
                        out ? flow.packetSourceHigh() : flow.packetTargetHigh(),
                        out ? flow.packetSourceLow() : flow.packetTargetLow()));
    }

    /** Whether {@code address} is one's. */
    boolean holds(Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
