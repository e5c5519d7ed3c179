package dev.tocsin.core.detect;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.ProcessEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the signal of a host's event: resource, runtimeDetails with lineage, and evidence, the same whatever the type. */
final class HostSignal {

    private final FindingType type;
    private final HostEvent event;
    private final HostView view;
    private final Doc context = new Doc();
    private final Doc additional = new Doc();
    private final Map<String, String> facts = new HashMap<>();
    private List<ThreatMatch> matches = List.of();
    private Doc action = new Doc();
    private double severity;
    private String aggregation;

    private HostSignal(FindingType type, HostEvent event, HostView view) {
        this.type = type;
        this.event = event;
        this.view = view;
        this.severity = type.severity();
        this.aggregation = view.process().program();
        facts.put("process", view.process().program());
        facts.put("path", String.valueOf(event.path()));
    }

    /** Starts a signal of {@code type} about the process of {@code event}. */
    static HostSignal of(FindingType type, HostEvent event, HostView view) {
        return new HostSignal(type, event, view);
    }

    /** Adds a member of runtimeDetails.context. */
    HostSignal context(String name, @Nullable Object value) {
        context.with(name, value instanceof String text ? Evidence.cut(text) : value);
        return this;
    }

    /** Adds a member of additionalInfo. */
    HostSignal additional(String name, @Nullable Object value) {
        additional.with(name, value);
        return this;
    }

    /** Names the list entries that matched, the weightiest first. */
    HostSignal matches(List<ThreatMatch> entries) {
        matches = entries;
        if (!entries.isEmpty()) {
            additional
                    .with("threatListName", entries.getFirst().list())
                    .with("threatName", entries.getFirst().threat());
            facts.put("list", entries.getFirst().list());
            facts.put("threat", String.valueOf(entries.getFirst().threat()));
        }
        return this;
    }

    /** Sets service.action; most types have none. */
    HostSignal action(Doc value) {
        action = value;
        return this;
    }

    /** Sets the severity where it is not the type's. */
    HostSignal severity(double value) {
        severity = value;
        return this;
    }

    /** Sets the part of the finding's id beside the resource, which else is the program's name. */
    HostSignal aggregation(String part) {
        aggregation = part;
        return this;
    }

    /** Adds a fact for the texts. */
    HostSignal fact(String name, @Nullable Object value) {
        facts.put(name, String.valueOf(value));
        return this;
    }

    /** The signal. */
    Signal build() {
        ProcessEntry process = view.process();
        Doc details = new Doc().with("process", process(process)).with("context", context.isEmpty() ? null : context);
        additional
                .with("agentDetails", agent())
                .with("eventSource", event.host().tool())
                .with("rule", event.rule())
                .with(FindingDocument.RUNTIME_DETAILS, details);
        return new Signal(
                type,
                event.account(),
                event.region(),
                subject(),
                aggregation,
                recordId(),
                event.at(),
                event.at(),
                severity,
                type.role(),
                action,
                additional,
                matches,
                facts,
                List.of(evidence()),
                false);
    }

    private @Nullable Doc agent() {
        String id = event.host().agentId();
        return id == null ? null : new Doc().with("agentId", id);
    }

    private String recordId() {
        return "host:" + HexFormat.of().toHexDigits(event.contentHash());
    }

    private Subject subject() {
        Host host = event.host();
        HostContainer container = view.container();
        Doc resource = new Doc();
        String kind = container == null ? "Instance" : "Container";
        if (host.clusterName() != null) {
            kind = "EKSCluster";
            resource.with(
                    "eksClusterDetails",
                    new Doc()
                            .with("name", host.clusterName())
                            .with(
                                    "arn",
                                    "arn:" + Partition.of(host.region()) + ":eks:" + host.region() + ":"
                                            + host.account() + ":cluster/" + host.clusterName()));
        } else if (host.clusterArn() != null || host.taskArn() != null) {
            kind = "ECSCluster";
            resource.with("ecsClusterDetails", ecs(host));
        }
        String key = host.name();
        if (container != null) {
            key += "/" + container.id();
            container(container, resource);
        }
        resource.with("resourceType", kind);
        return new Subject.Machine(key, host.name(), host.instanceId(), resource);
    }

    private static Doc ecs(Host host) {
        String arn = host.clusterArn();
        Doc task = host.taskArn() == null ? null : new Doc().with("arn", host.taskArn());
        return new Doc()
                .with("arn", arn)
                .with("name", arn == null ? null : arn.substring(arn.lastIndexOf('/') + 1))
                .with("taskDetails", task);
    }

    private static void container(HostContainer container, Doc resource) {
        resource.with(
                "containerDetails",
                new Doc()
                        .with("id", container.id())
                        .with("name", container.name())
                        .with("image", container.image()));
        if (container.pod() != null) {
            resource.with(
                    "kubernetesDetails",
                    new Doc()
                            .with(
                                    "kubernetesWorkloadDetails",
                                    new Doc()
                                            .with("name", container.pod())
                                            .with("type", "pods")
                                            .with("namespace", container.namespace())));
        }
    }

    /** GuardDuty's process details of {@code entry}, with its lineage; never its whole command line. */
    private Doc process(ProcessEntry entry) {
        List<ProcessEntry> ancestors = view.ancestors();
        List<Doc> lineage = new ArrayList<>();
        for (int i = 0; i < ancestors.size(); i++) {
            lineage.add(ancestor(ancestors.get(i), i + 1 < ancestors.size() ? ancestors.get(i + 1) : null));
        }
        return new Doc()
                .with("name", entry.name() == null ? entry.program() : entry.name())
                .with("executablePath", entry.path())
                .with("executableSha256", entry.sha256())
                .with("namespacePid", entry.namespacePid() > 0 ? entry.namespacePid() : null)
                .with("pwd", entry.directory())
                .with("pid", entry.pid())
                .with("startTime", entry.startedAt())
                .with("uuid", view.uuid(entry))
                .with("parentUuid", ancestors.isEmpty() ? null : view.uuid(ancestors.getFirst()))
                .with("userId", known(entry.userId()))
                .with("euid", known(entry.effectiveUserId()))
                .with("lineage", lineage);
    }

    private Doc ancestor(ProcessEntry entry, @Nullable ProcessEntry above) {
        return new Doc()
                .with("startTime", entry.startedAt())
                .with("userId", known(entry.userId()))
                .with("name", entry.name() == null ? entry.program() : entry.name())
                .with("pid", entry.pid())
                .with("uuid", view.uuid(entry))
                .with("executablePath", entry.path())
                .with("euid", known(entry.effectiveUserId()))
                .with("parentUuid", above == null ? null : view.uuid(above));
    }

    private static @Nullable Long known(long user) {
        return user < 0 ? null : user;
    }

    private Evidence evidence() {
        HostEvent.Peer peer = event.peer();
        Doc fields = new Doc()
                .with("tool", event.host().tool())
                .with("action", event.action().name().toLowerCase(Locale.ROOT))
                .with("pid", event.process().pid())
                .with("ppid", event.process().parentPid())
                .with("executable", Evidence.cut(view.process().path()))
                .with("path", Evidence.cut(event.path()))
                .with("other", Evidence.cut(event.other()))
                .with("peer", peer == null ? null : peer.address() + ":" + peer.port())
                .with("query", event.query() == null ? null : event.query().name())
                .with("refused", event.failed() ? true : null)
                .with("rule", event.rule());
        return new Evidence(
                event.origin().object().source(), event.origin().position(), null, event.at(), recordId(), fields);
    }
}
