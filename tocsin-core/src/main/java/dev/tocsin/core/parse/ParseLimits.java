package dev.tocsin.core.parse;

/** The limits on input, in one place, on by default (design: promise 5). */
public final class ParseLimits {

    /** Deepest nesting of a record whose parameters are read; a deeper one keeps its envelope alone. Jackson's own. */
    public static final int MAX_DEPTH = 1_000;

    /** Largest record held at once, in bytes; of a larger one long values are passed over unread. */
    public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

    /** Longest name of a JSON member, in characters; what a longer one names is left out. AWS's own are below 128. */
    public static final int MAX_MEMBER_NAME = 4 * 1024;

    /** Before this time, epoch seconds, no record was written: 2006, the year of AWS's first service. */
    public static final long EARLIEST_TIME = 1_136_073_600;

    /** Longest text line, in bytes. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    /** Highest ratio of unpacked to packed bytes beyond the first {@link #RATIO_FREE_BYTES}. */
    public static final int MAX_RATIO = 2_000;

    /** Unpacked bytes for which no ratio is asked. */
    public static final long RATIO_FREE_BYTES = 64L * 1024 * 1024;

    /** Longest domain name, in characters (RFC 1035). */
    public static final int MAX_NAME = 253;

    /** Most rejected places that an object names; the rest is counted. */
    public static final int MAX_REJECTIONS_NAMED = 100;

    private ParseLimits() {}
}
