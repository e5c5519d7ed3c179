package dev.tocsin.core.engine;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The account's function and its desk, and what goes from one to the other. */
final class AccountAndDesk {
    private static final long LATENESS = 1_800;

    final FakeHost<ApiCall> accounts;
    final FakeHost<DeskElement> desk;
    private final List<DeskElement> told = new ArrayList<>();
    final List<ChainView> chains = new ArrayList<>();
    private int signals;
    private int steps;

    AccountAndDesk(EngineServices services, Predicate<FindingState> hidden) {
        accounts = new FakeHost<>(new AccountFunction(services, Detectors.ALL));
        desk = new FakeHost<>(new DeskFunction(Detectors.types(), hidden, chains::add));
    }

    void take(List<ApiCall> calls) {
        long clock = Long.MIN_VALUE;
        for (ApiCall call : calls) {
            accounts.take(AccountFunction.key(call), call);
            clock = Math.max(clock, call.at());
            advance(clock - LATENESS);
        }
    }

    void advance(long to) {
        accounts.advance(to);
        for (; signals < accounts.signals.size(); signals++) {
            told.add(new DeskElement.Found(accounts.signals.get(signals)));
        }
        for (; steps < accounts.steps.size(); steps++) {
            told.add(new DeskElement.Found(accounts.steps.get(steps)));
        }
        told.forEach(element -> desk.take(element.account(), element));
        told.clear();
        desk.advance(to);
    }

    void saveAndLoad() {
        accounts.saveAndLoad();
        desk.saveAndLoad();
    }

    List<FindingState> sequences() {
        return desk.findings.values().stream()
                .filter(finding -> finding.type().startsWith("AttackSequence:"))
                .toList();
    }

    String documents() {
        return String.join(
                "\n",
                desk.findings.values().stream()
                        .map(finding -> finding.document().toJson())
                        .toList());
    }
}
