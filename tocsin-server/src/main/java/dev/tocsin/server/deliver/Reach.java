package dev.tocsin.server.deliver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where messages may go: not to addresses that stand for this machine's host, such as a cloud's metadata. */
final class Reach {

    /** The metadata of an instance by IPv6, of ECS tasks, of Alibaba's and Oracle's clouds are no link-local addresses. */
    private static final List<String> METADATA = List.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    private Reach() {}

    /**
     * Checks that {@code host} leads nowhere else than to where it may. The JVM keeps a name's addresses for 30 s, so that
     * a connection made at once goes where was looked.
     *
     * @param linkLocal whether such addresses are allowed
     */
    static InetAddress check(String host, boolean linkLocal) throws Undelivered {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw Undelivered.down(host + " has no address; check the name and the resolver", e);
        }
        for (InetAddress address : addresses) {
            if (!linkLocal && isOfHost(address)) {
                throw Undelivered.down(
                        host + " leads to " + address.getHostAddress()
                                + ", where a cloud's metadata lives; 'allowLinkLocal:"
                                + " true' in the configuration's destination allows it",
                        null);
            }
        }
        return addresses[0];
    }

    private static boolean isOfHost(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress());
    }
}
