package dev.tocsin.core.detect;

import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code Recon:EC2/PortProbeUnprotectedPort} and {@code …/PortProbeEMRUnprotectedPort}: a listed scanner got an answer.
 */
final class PortProbe implements FlowDetector {

    private static final String CATEGORY = "scanner";

    /** Ports that are meant to be open: GuardDuty never reports them (finding-types). */
    private static final Set<Integer> MEANT_TO_BE_OPEN = Set.of(80, 443);

    /** Elasticsearch, whose probes GuardDuty calls High (finding-types). */
    private static final Set<Integer> ELASTICSEARCH = Set.of(9200, 9300);

    /** Web interfaces of an EMR cluster: YARN, its node managers, HDFS, job history (EMR management guide). */
    private static final Set<Integer> EMR = Set.of(8088, 8042, 9870, 50070, 19888);

    static final FindingType TYPE = FlowTypes.instance("Recon:EC2/PortProbeUnprotectedPort", Role.TARGET, FlowTypes.LOW)
            .texts(
                    "Unprotected port {localPort} on EC2 instance {host} is being probed.",
                    "EC2 instance {host} has an unprotected port, {localPort}, which is being probed by IP address"
                            + " {address}, a scanner on list {list}. The instance answered.")
            .firesWhen("a listed scanner connects to a port of the instance, other than 80 and 443, and the"
                    + " instance answers.")
            .doesNotSee("probes that a security group, a network ACL or the host refused; scanners on no list;"
                    + " who is behind a load balancer.")
            .nextSteps("Close the port to the internet, or put what listens there behind a VPN or a load"
                    + " balancer. If it must be open, suppress by port and instance.")
            .technique("T1595.001")
            .needs(CATEGORY)
            .build();

    static final FindingType EMR_TYPE = FlowTypes.instance(
                    "Recon:EC2/PortProbeEMRUnprotectedPort", Role.TARGET, FlowTypes.HIGH)
            .texts(
                    "Unprotected EMR port {localPort} on EC2 instance {host} is being probed.",
                    "EC2 instance {host} has a port of EMR's web interfaces, {localPort}, open to the internet,"
                            + " and IP"
                            + " address {address}, a scanner on list {list}, probes it. Whoever reaches it may run"
                            + " programs on the cluster.")
            .firesWhen("a listed scanner connects to a port of EMR's web interfaces (8088, 8042, 9870, 50070,"
                    + " 19888) and the instance answers.")
            .doesNotSee("whether the instance belongs to an EMR cluster, where no inventory says so; other ports"
                    + " of the cluster, which are reported as PortProbeUnprotectedPort.")
            .nextSteps("Close the port: use an SSH tunnel or EMR's own console access. Look for jobs that nobody"
                    + " of yours submitted.")
            .technique("T1595.001")
            .needs(CATEGORY)
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE, EMR_TYPE);
    }

    @Override
    public void observe(Conversation conversation, Context context, Consumer<Signal> out) {
        if (!answersAProbe(conversation)) {
            return;
        }
        List<Listed> listed = FlowTypes.of(conversation, CATEGORY);
        if (listed.isEmpty()) {
            return;
        }
        int port = conversation.localPort();
        FindingType type = EMR.contains(port) ? EMR_TYPE : TYPE;
        out.accept(FlowSignal.of(type, conversation, context)
                .listed(listed)
                .severity(ELASTICSEARCH.contains(port) ? FlowTypes.HIGH : type.severity())
                .action(action(conversation, context))
                .build());
    }

    private static boolean answersAProbe(Conversation conversation) {
        return conversation.outbound()
                && conversation.opener() == Opener.REMOTE
                && conversation.answered()
                && conversation.localPort() > 0
                && !MEANT_TO_BE_OPEN.contains(conversation.localPort())
                && !conversation.threats().isEmpty();
    }

    /** One probe; the desk adds up those of a finding. */
    private static Doc action(Conversation conversation, Context context) {
        return new Doc()
                .with("actionType", "PORT_PROBE")
                .with(
                        "portProbeAction",
                        new Doc()
                                .with("blocked", false)
                                .with("portProbeDetails", List.of(details(conversation, context))));
    }

    private static Doc details(Conversation conversation, Context context) {
        return new Doc()
                .with("localPortDetails", FlowSignal.portDetails(conversation.localPort()))
                .with("localIpDetails", FlowSignal.localIpDetails(conversation))
                .with("remoteIpDetails", ApiCallSignal.remoteIpDetails(conversation.remote(), context));
    }
}
