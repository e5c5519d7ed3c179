package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.rule.RulesInForce;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a detector may ask beside the event: a memory of the key, and what is known of addresses. */
public interface Context {

    /** What this detector remembered under {@code name} for the key at hand, or null. */
    @Nullable
    Doc recall(Detector detector, String name);

    /**
     * Remembers {@code fact} under {@code name} for the key at hand; null forgets. Bounded: beyond
     * {@link #MEMORY_LIMIT} the fact that was remembered first is forgotten.
     */
    void remember(Detector detector, String name, @Nullable Doc fact);

    /** The member of a fact that says when it is of no more use, in epoch seconds; see {@link #expire}. */
    String UNTIL = "until";

    /** Forgets what this detector remembered for the key at hand and is of no more use at {@code now}. */
    default void expire(Detector detector, long now) {}

    /** Country and network of a public address as GuardDuty's remoteIpDetails members, empty where nothing is known. */
    Doc geography(Address address);

    /** Whether {@code address} is of a network that the operator named as their own. */
    boolean isOwn(Address address);

    /** Days of history that the operator wants before a detector of habits speaks; null for what it documents. */
    @Nullable
    Integer learnDays();

    /** The threat lists of the moment. */
    Intelligence intelligence();

    /** What the product's own sources hang on. */
    default Guarded guarded() {
        return Guarded.NONE;
    }

    /** Accounts that belong to the operator, beside the one at hand. */
    default Set<String> affiliated() {
        return Set.of();
    }

    /** The named rules that are on where the event happened. */
    default RulesInForce rules() {
        return RulesInForce.DEFAULT;
    }

    /** The scanners that the operator authorised. */
    default Scanners scanners() {
        return Scanners.NONE;
    }

    /** Most facts that one detector remembers for one key. */
    int MEMORY_LIMIT = 10_000;
}
