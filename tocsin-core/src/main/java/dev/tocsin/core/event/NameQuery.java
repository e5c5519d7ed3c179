package dev.tocsin.core.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Route 53 Resolver query log record: a name asked and what was answered.
 *
 * @param origin where the record stands
 * @param at query time, epoch seconds
 * @param account the VPC's account
 * @param region the VPC's Region
 * @param vpcId the VPC the query came from
 * @param name lower-case A-labels without the final dot
 * @param type A, AAAA, TXT, ... as the log names it
 * @param responseCode NOERROR, NXDOMAIN, ...; null if absent
 * @param answers in the record's order
 * @param sourceAddress the client's private address, or null
 * @param sourcePort the client's port, or -1
 * @param transport UDP, TCP, ...; null if absent
 * @param instanceId srcids.instance, or null
 * @param resolverEndpoint srcids.resolver_endpoint, or null: then the client is a forwarder
 * @param resolverInterface srcids.resolver_network_interface, or null
 * @param firewallAction BLOCK, ALERT, ALLOW where DNS Firewall had a rule; else null
 * @param contentHash a digest of all its fields, which tells duplicates
 */
public record NameQuery(
        Origin origin,
        long at,
        String account,
        String region,
        @Nullable String vpcId,
        String name,
        String type,
        @Nullable String responseCode,
        List<Answer> answers,
        @Nullable String sourceAddress,
        int sourcePort,
        @Nullable String transport,
        @Nullable String instanceId,
        @Nullable String resolverEndpoint,
        @Nullable String resolverInterface,
        @Nullable String firewallAction,
        long contentHash)
        implements Event {

    @Override
    public void giveTo(Taker taker) {
        taker.query(this);
    }

    /**
     * One record of the answer.
     *
     * @param type A, AAAA, CNAME, ...
     * @param data the address, name or text; a name in the form of {@link NameQuery#name}
     */
    public record Answer(String type, String data) {}

    /** Whether DNS Firewall blocked the query. */
    public boolean blocked() {
        return "BLOCK".equals(firewallAction);
    }
}
