package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Guarded;
import dev.tocsin.core.detect.Scanners;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.identity.Budget;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.rule.RulesInForce;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's functions share and never change while they run.
 *
 * @param geography remoteIpDetails' country and network members of a public address
 * @param intelligenceNow gives the threat lists of the moment
 * @param ownNetworks egress, VPN and office networks of the operator: use of credentials from there is no theft
 * @param learnDays days of history that a detector of habits wants before it speaks, 0 for none; null for what each
 *     documents
 * @param guardedNow gives what the product's own sources hang on, at the moment
 * @param scanners authorised by the operator: their scans are no findings
 * @param affiliated accounts that belong to the operator, beside the one at hand
 * @param rules the named rules that are on
 * @param budget of false alarms for what habits of identities find
 */
public record EngineServices(
        Function<Address, Doc> geography,
        Supplier<Intelligence> intelligenceNow,
        List<Network> ownNetworks,
        @Nullable Integer learnDays,
        Supplier<Guarded> guardedNow,
        Scanners scanners,
        Set<String> affiliated,
        RulesInForce rules,
        Budget budget) {

    /** No geography and no lists. */
    public static final EngineServices NONE = new EngineServices(address -> new Doc(), () -> Intelligence.EMPTY);

    /** The same, without sources to guard. */
    public EngineServices(
            Function<Address, Doc> geography,
            Supplier<Intelligence> intelligenceNow,
            List<Network> ownNetworks,
            @Nullable Integer learnDays) {
        this(
                geography,
                intelligenceNow,
                ownNetworks,
                learnDays,
                () -> Guarded.NONE,
                Scanners.NONE,
                Set.of(),
                RulesInForce.DEFAULT,
                Budget.NORMAL);
    }

    /** The same, with {@code guarded} to guard. */
    public EngineServices guarding(Supplier<Guarded> guarded) {
        return new EngineServices(
                geography, intelligenceNow, ownNetworks, learnDays, guarded, scanners, affiliated, rules, budget);
    }

    /** The same, with scanners that the operator authorised. */
    public EngineServices authorizing(Scanners authorised) {
        return new EngineServices(
                geography, intelligenceNow, ownNetworks, learnDays, guardedNow, authorised, affiliated, rules, budget);
    }

    /** The same, with {@code accounts} that belong to the operator. */
    public EngineServices affiliating(Set<String> accounts) {
        return new EngineServices(
                geography,
                intelligenceNow,
                ownNetworks,
                learnDays,
                guardedNow,
                scanners,
                Set.copyOf(accounts),
                rules,
                budget);
    }

    /** The same, with {@code inForce} as the named rules that are on. */
    public EngineServices ruling(RulesInForce inForce) {
        return new EngineServices(
                geography, intelligenceNow, ownNetworks, learnDays, guardedNow, scanners, affiliated, inForce, budget);
    }

    /** The same, at another budget of false alarms for what habits of identities find. */
    public EngineServices within(Budget chosen) {
        return new EngineServices(
                geography, intelligenceNow, ownNetworks, learnDays, guardedNow, scanners, affiliated, rules, chosen);
    }

    /** Geography and lists; no network is known as the operator's own, and learning takes what is documented. */
    public EngineServices(Function<Address, Doc> geography, Supplier<Intelligence> intelligenceNow) {
        this(geography, intelligenceNow, List.of(), null);
    }

    /** The threat lists of the moment. */
    public Intelligence intelligence() {
        return intelligenceNow.get();
    }
}
