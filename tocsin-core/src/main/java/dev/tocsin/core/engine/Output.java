package dev.tocsin.core.engine;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.profile.DaySummary;

/** Where the engine's functions put what they have to say. Values only: no logging, no clock. */
public interface Output {

    /** Hands a signal to the desk of its account. */
    void signal(Signal signal);

    /** Hands what an interface did on a day that is over to the desk of its account. */
    void summary(DaySummary day);

    /** Hands what became known of a resource to the desk of its account. */
    void fact(InventoryFact fact);

    /** Hands a new or changed finding to the store. */
    void finding(FindingState finding);

    /** Tells what came of holding a call against habits. */
    default void judged(Judged judged) {}

    /** Counts one record of {@code object} in the ledger. */
    void count(LogObject object, Count count);

    /** What the ledger counts after a record was accepted, see design: Duplicates and Order. */
    enum Count {
        /** Seen before, dropped. */
        DUPLICATE,
        /** Same eventID as another record, other content: kept. */
        CONFLICT,
        /** Beyond what its object's delivery makes believable: detected on, moves no clock. */
        FUTURE,
        /** Behind the watermark. */
        LATE,
        /** Judged by what was known when it came: too many flows of its minute waited for what comes later. */
        EARLY,
        /** From another flow log of an interface of which a better one is read: ignored. */
        SECOND_LOG
    }
}
