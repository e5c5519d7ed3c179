package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.StoreException;
import java.util.List;

/** Which hosts have an agent that reports. */
public final class AgentCoverage {

    private final Detectors detectors;

    /** Of the accounts that {@code detectors} show. */
    public AgentCoverage(Detectors detectors) {
        this.detectors = detectors;
    }

    /** Adds the operations on coverage. */
    public void register(Operations operations) {
        operations.on("ListCoverage", this::list).on("GetCoverageStatistics", this::statistics);
    }

    private Doc list(Call call) throws StoreException {
        detectors.required(call);
        return Pages.page(call, "resources", List.<String>of(), name -> name, name -> name);
    }

    private Doc statistics(Call call) throws StoreException {
        detectors.required(call);
        Doc statistics = new Doc();
        for (String type : call.texts("statisticsType")) {
            if (type.equals("COUNT_BY_RESOURCE_TYPE")) {
                statistics.with(
                        "countByResourceType",
                        new Doc().with("EC2", 0).with("ECS", 0).with("EKS", 0));
            } else {
                statistics.with(
                        "countByCoverageStatus", new Doc().with("HEALTHY", 0).with("UNHEALTHY", 0));
            }
        }
        return new Doc().with("coverageStatistics", statistics);
    }
}
