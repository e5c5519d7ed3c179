package dev.tocsin.input.container;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an object: one row of the ledger.
 *
 * @param kind what it holds
 * @param status what was done with it
 * @param accepted records handed to detection, before de-duplication
 * @param ignored records recognised and not analysed on purpose
 * @param rejected records, lines or entries that cannot be read
 * @param bytes unpacked size
 * @param firstEvent time of the earliest event in epoch seconds; 0 without events
 * @param lastEvent time of the latest event in epoch seconds; 0 without events
 * @param message what a person should know: first rejected places and reasons, ignored reasons, notes; or null
 */
public record ObjectReport(
        Kind kind,
        Status status,
        long accepted,
        long ignored,
        long rejected,
        long bytes,
        long firstEvent,
        long lastEvent,
        @Nullable String message) {

    /** What an object holds. */
    public enum Kind {
        /** API calls. */
        CLOUDTRAIL,
        /** VPC flow log. */
        VPCFLOW,
        /** Resolver query log. */
        DNS,
        /** Lambda network log. */
        LAMBDA,
        /** Runtime events. */
        RUNTIME,
        /** A queue message that names objects. */
        NOTIFICATION,
        /** Nothing known. */
        UNKNOWN;

        /** As the ledger writes it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was done with an object. */
    public enum Status {
        /** Read whole, no error. */
        ACCEPTED,
        /** The good records were used, the bad part is reported with its place. */
        PARTIAL,
        /** Recognised, not analysed, counted, no error. */
        SKIPPED,
        /** Nothing used, one clear error. */
        REFUSED;

        /** As the ledger writes it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
