package dev.tocsin.server.usage;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.server.store.Metered;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Counts what is analysed. What it counted is added to the store with the checkpoint that keeps the ledger's rows of the same
 * records: once, whatever crashes. Used by one thread.
 */
public final class UsageMeter implements Event.Taker {

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");
    private static final long DAY = 24 * 60 * 60;

    /** Rows between two checkpoints; resources beyond are counted together. */
    private static final int MOST = 50_000;

    private final Agents agents;
    private final Map<Key, long[]> counted = new HashMap<>();
    private String source = "";
    private Predicate<Flow> ofFunction = flow -> false;

    private record Key(long day, String account, String region, String source, UsageFeature feature, String resource) {}

    /** Flow records of hosts that {@code agents} watch are left out of what is priced. */
    public UsageMeter(Agents agents) {
        this.agents = agents;
    }

    /**
     * Counts {@code events}, which the source called {@code from} brought.
     *
     * @param functions tells flow records of functions' interfaces
     */
    public void add(String from, List<Event> events, Predicate<Flow> functions) {
        source = from;
        ofFunction = functions;
        for (Event event : events) {
            event.giveTo(this);
        }
    }

    @Override
    public void call(ApiCall call) {
        if (call.isS3Data()) {
            count(call, UsageFeature.S3_DATA_EVENTS, Objects.requireNonNullElse(call.field(BUCKET), ""), false);
        } else {
            count(call, UsageFeature.CLOUD_TRAIL, "", false);
        }
    }

    @Override
    public void query(NameQuery query) {
        count(query, UsageFeature.DNS_LOGS, Objects.requireNonNullElse(query.instanceId(), ""), false);
    }

    @Override
    public void flow(Flow flow) {
        if (ofFunction.test(flow)) {
            count(flow, UsageFeature.LAMBDA_NETWORK_LOGS, flow.interfaceId(), false);
            return;
        }
        String instance = flow.instanceId();
        String resource = instance == null || instance.equals("-") ? flow.interfaceId() : instance;
        boolean exempt = agents.isWatched(flow.account(), flow.region(), resource, flow.at());
        count(flow, UsageFeature.FLOW_LOGS, resource, exempt);
    }

    @Override
    public void host(HostEvent event) {
        Host host = event.host();
        UsageFeature feature = host.taskArn() != null && host.instanceId() == null
                ? UsageFeature.FARGATE_RUNTIME_MONITORING
                : host.clusterName() != null
                        ? UsageFeature.EKS_RUNTIME_MONITORING
                        : UsageFeature.EC2_RUNTIME_MONITORING;
        count(event, feature, host.name(), false);
    }

    private void count(Event event, UsageFeature feature, String resource, boolean exempt) {
        long day = Math.min(event.at(), event.origin().object().believedUntil()) / DAY;
        Key key = new Key(day, event.account(), event.region(), source, feature, resource);
        if (counted.size() >= MOST && !counted.containsKey(key)) {
            key = new Key(day, event.account(), event.region(), source, feature, "");
        }
        long[] amounts = counted.computeIfAbsent(key, any -> new long[3]);
        int size = event.origin().size();
        amounts[0]++;
        amounts[1] += size;
        amounts[2] += exempt ? size : 0;
    }

    /** Adds what was counted since the last time to what is kept. */
    public void save(StoreTransaction transaction) throws IOException {
        for (Map.Entry<Key, long[]> one : counted.entrySet()) {
            Key key = one.getKey();
            long[] amounts = one.getValue();
            transaction.metered(new Metered(
                    key.day(),
                    key.account(),
                    key.region(),
                    key.source(),
                    key.feature().name(),
                    key.resource(),
                    amounts[0],
                    amounts[1],
                    amounts[2]));
        }
        counted.clear();
    }
}
