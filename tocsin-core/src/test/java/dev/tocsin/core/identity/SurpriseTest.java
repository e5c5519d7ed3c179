package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The formulas against values computed by hand. */
final class SurpriseTest {

    @Test
    void withoutHistoryTheWorldDecides() {
        Commons nobody = new Commons();
        double peers = Surprise.amongPeers(nobody, 1, Actor.Peers.USERS, 1.0 / 4_000);
        assertEquals(1.0 / 4_000, peers, 1e-9);
        ValueTable.Counts nothing = new ValueTable.Counts(0, 0, 0, 0);
        assertEquals(15.0 / 4_000, Surprise.rate(Surprise.own(0, nothing, peers), nothing, 0, peers), 1e-9);
        assertEquals(3.415, Surprise.bits(1.0 / 25, 15.0 / 4_000), 1e-3);
    }

    @Test
    void peersThatUseAValueMakeItLikely() {
        Commons commons = new Commons();
        for (int i = 0; i < 4; i++) {
            commons.add(1, Actor.Peers.ROLES);
        }
        commons.add(2, Actor.Peers.USERS);
        // account: kinds(1) = 1 of 2, two values: (0.25 + (5 + 1.5) / 30) / 7 = 0.066667; peers: (3.25 + 3.75 * that) /
        // 7
        assertEquals(0.5, Surprise.amongPeers(commons, 1, Actor.Peers.ROLES, 1.0 / 30), 1e-6);
        assertTrue(Surprise.amongPeers(commons, 1, Actor.Peers.USERS, 1.0 / 30) < 0.1);
    }

    @Test
    void explorersAreSurprisedLess() {
        ValueTable.Counts steady = new ValueTable.Counts(100, 10, 0, 0);
        ValueTable.Counts explorer = new ValueTable.Counts(100, 60, 40, 10);
        double peers = 0.001;
        // discount 0.5: (0 + (1 + 5) * 0.001) / 101; discount 40.5 / 61 = 0.66393: (1 + 39.836) * 0.001 / 101
        assertEquals(0.006 / 101, Surprise.own(0, steady, peers), 1e-9);
        assertEquals(0.040836 / 101, Surprise.own(0, explorer, peers), 1e-8);
    }
}
