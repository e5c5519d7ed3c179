package dev.tocsin.server.api.operation;

import dev.tocsin.server.api.Operations;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.usage.Usages;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** All operations, put together group by group. */
public final class Groups {

    private Groups() {}

    /**
     * What operations work with.
     *
     * @param random of ids
     * @param accounts which there are
     * @param lists is told of each list that is to be activated, deactivated or forgotten
     * @param scene makes sample findings
     * @param usages what was analysed
     */
    public record Parts(
            Store store,
            InstantSource clock,
            RandomGenerator random,
            Organization.Accounts accounts,
            Consumer<Resource> lists,
            Samples.Scene scene,
            Usages usages) {}

    /** The operations of {@code contract} over {@code parts}. */
    public static Operations operations(Contract contract, Parts parts) {
        Store store = parts.store();
        InstantSource clock = parts.clock();
        Ids ids = new Ids(parts.random());
        FindingStore findings = new FindingStore(store);
        Detectors detectors = new Detectors(store, clock);
        Organization organization = new Organization(store, detectors, clock, parts.accounts());
        MalwarePlans plans = new MalwarePlans(store, ids, clock);
        CustomRules rules = new CustomRules(store, ids, clock, RuleLibrary.docs());
        Operations operations = new Operations(contract);
        detectors.register(operations);
        new Findings(detectors, findings, new ProfileChanges(store, clock)).register(operations);
        new Samples(
                        store,
                        detectors,
                        findings,
                        clock,
                        dev.tocsin.core.detect.Detectors.types().keySet(),
                        parts.scene())
                .register(operations);
        new Filters(store, detectors, findings, clock).register(operations);
        new Lists(store, detectors, ids, clock, parts.lists()).register(operations);
        new Destinations(store, detectors, ids, clock).register(operations);
        new Tags(store).register(operations);
        new Members(detectors, organization, ids).register(operations);
        new Invitations(detectors).register(operations);
        organization.register(operations);
        plans.register(operations);
        new MalwareScans(store, detectors, plans, ids, clock).register(operations);
        new Usage(detectors, parts.usages(), clock).register(operations);
        new AgentCoverage(store, detectors, clock).register(operations);
        rules.register(operations);
        new CustomRuleConfigurations(store, detectors, organization, rules).register(operations);
        new Investigations(detectors).register(operations);
        operations.wrap(new ClientTokens(store, clock)::around);
        operations.wrap(new MemberRules(detectors.membership())::around);
        return operations;
    }
}
