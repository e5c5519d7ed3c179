package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.identity.Evidence.Novelty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores of a session's calls. */
final class EvidenceTest {

    private static Evidence.Sign sign(long api, double bits, ApiTactics.Standing standing, Novelty novelty) {
        return new Evidence.Sign(api, "iam.amazonaws.com", 1, (int) (bits * 1_000), standing, false, false, novelty);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a habit where everybody is              | true  | false | -0.8
            a look where nobody was                 | false | true  | 3.2
            something made where nobody was         | true  | true  | 9.0
            """)
    void whatIsMadeInARegionNewToTheAccount(String name, boolean creates, boolean foreign, double score) {
        Evidence evidence = new Evidence(Tactic.IMPACT);
        evidence.add(new Evidence.Sign(
                1, "ec2.amazonaws.com", 1, 0, ApiTactics.Standing.WELL_KNOWN, false, creates, Novelty.NONE));
        Surroundings from = new Surroundings();
        from.add(new Surroundings.Seen(-1, 0, 3, false, false, false, foreign));
        assertEquals(score, evidence.context(Actor.Peers.USERS, from), 1e-9);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a habit                                        | 0 | WELL_KNOWN | NONE     | USERS  | 0
            six bits, new to the identity                  | 6 | CATALOGUED | IDENTITY | USERS  | 6
            the same, well known                           | 6 | WELL_KNOWN | IDENTITY | USERS  | 7
            the same, new to the account                   | 6 | WELL_KNOWN | ACCOUNT  | USERS  | 8
            the same, of a program                         | 6 | WELL_KNOWN | ACCOUNT  | ROLES  | 9
            new to the account, but no catalogue names it  | 6 | BY_RULE    | ACCOUNT  | ROLES  | 6
            """)
    void callsByThemselves(
            String name, double bits, ApiTactics.Standing standing, Novelty novelty, Actor.Peers peers, double score) {
        Evidence evidence = new Evidence(Tactic.PERSISTENCE);
        evidence.add(sign(1, bits, standing, novelty));
        assertEquals(score, evidence.calls(peers), 1e-9);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            from home, as always           | -1 | -1 | false | false | USERS  | -0.8
            from a new network             | 6  | -1 | true  | false | USERS  | 8.0
            by people, who travel          | 6  | -1 | true  | false | PEOPLE | 6.9
            with a new tool                | -1 | 4  | false | true  | USERS  | 5.2
            a program from a new network   | 6  | -1 | true  | false | ROLES  | 8.9
            a program with a new tool      | -1 | 4  | false | true  | ROLES  | 7.4
            """)
    void aCallOfThreeBitsWithWhereItCameFrom(
            String name,
            double network,
            double agent,
            boolean newNetwork,
            boolean newAgent,
            Actor.Peers peers,
            double score) {
        Evidence evidence = new Evidence(Tactic.PERSISTENCE);
        evidence.add(sign(1, 3, ApiTactics.Standing.CATALOGUED, Novelty.IDENTITY));
        Surroundings from = new Surroundings();
        from.add(new Surroundings.Seen(network, agent, -0.5, newNetwork, newAgent, newNetwork, false));
        assertEquals(score, evidence.context(peers, from), 1e-9);
    }

    @ParameterizedTest(name = "{0}, new network: {1}")
    @CsvSource({"CREDENTIAL_ACCESS,true,7.4", "CREDENTIAL_ACCESS,false,4.4", "PERSISTENCE,true,4.4"})
    void aHabitualCallFromWhereNobodyWas(Tactic tactic, boolean newNetwork, double score) {
        Evidence evidence = new Evidence(tactic);
        evidence.add(sign(1, 0, ApiTactics.Standing.WELL_KNOWN, Novelty.NONE));
        Surroundings from = new Surroundings();
        from.add(new Surroundings.Seen(6, -1, -0.5, newNetwork, false, true, false));
        assertEquals(score, evidence.context(Actor.Peers.USERS, from), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"QUIET,NORMAL", "NORMAL,KEEN"})
    void eachPresetSpeaksLaterThanTheNext(Budget later, Budget sooner) {
        assertTrue(later.context() > sooner.context());
        for (Tactic tactic : Tactic.values()) {
            assertTrue(later.calls(tactic) > sooner.calls(tactic));
        }
    }
}
