package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.ledger.Ledger;
import java.util.List;

/**
 * What a run has to say.
 *
 * @param findings in the order to show them
 * @param coverage what each finding type could judge
 * @param ledger what became of every object
 * @param coverageLine whether the JSON forms end with the coverage
 * @param noise what makes most findings; empty if not asked for
 */
public record Report(
        List<FindingState> findings,
        List<Coverage.Row> coverage,
        Ledger ledger,
        boolean coverageLine,
        List<Noise.Cause> noise) {

    /** {@code {"noise":[…]}}. */
    Doc noiseDoc() {
        return new Doc().with("noise", noise.stream().map(Noise.Cause::toDoc).toList());
    }

    /** {@code {"coverage":[…]}}. */
    Doc coverageDoc() {
        return new Doc()
                .with("coverage", coverage.stream().map(Coverage.Row::toDoc).toList());
    }
}
