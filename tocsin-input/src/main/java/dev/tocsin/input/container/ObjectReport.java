package dev.tocsin.input.container;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What reading one object gave.
 *
 * @param kind what it is
 * @param status how far it was used
 * @param accepted records handed to detection
 * @param ignored records known and not for us
 * @param rejected records, lines or entries that could not be read
 * @param bytes unpacked
 * @param firstEvent epoch seconds of the earliest record, or {@link Long#MAX_VALUE} if there is none
 * @param lastEvent epoch seconds of the latest record, or {@link Long#MIN_VALUE} if there is none
 * @param message what a person should know, or null
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

    /** What an object is, by its content. */
    public enum Kind {
        /** CloudTrail. */
        CLOUDTRAIL,
        /** VPC flow logs. */
        VPCFLOW,
        /** Resolver query logs. */
        DNS,
        /** Lambda network logs. */
        LAMBDA,
        /** Runtime events. */
        RUNTIME,
        /** A queue message that names objects. */
        NOTIFICATION,
        /** Nothing known. */
        UNKNOWN;

        /** As the ledger writes it. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far an object was used. */
    public enum Status {
        /** Read whole. */
        ACCEPTED,
        /** Good records used, the rest rejected. */
        PARTIAL,
        /** Recognised, nothing to analyse. */
        SKIPPED,
        /** Nothing used. */
        REFUSED;

        /** As the ledger writes it. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
