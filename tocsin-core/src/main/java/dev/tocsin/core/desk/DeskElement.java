package dev.tocsin.core.desk;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;

/** What comes to the desk of an account. */
public sealed interface DeskElement {

    /** The account whose desk it belongs to. */
    String account();

    /**
     * A detector found something.
     *
     * @param signal what it says
     */
    record Found(Signal signal) implements DeskElement {
        @Override
        public String account() {
            return signal.account();
        }
    }

    /**
     * A day of an interface is over.
     *
     * @param day what its host did
     */
    record Summarised(DaySummary day) implements DeskElement {
        @Override
        public String account() {
            return day.account();
        }
    }

    /**
     * Something about a resource became known.
     *
     * @param fact what
     */
    record Learned(InventoryFact fact) implements DeskElement {
        @Override
        public String account() {
            return fact.account();
        }
    }
}
