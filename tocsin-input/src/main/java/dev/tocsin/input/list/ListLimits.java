package dev.tocsin.input.list;

/**
 * Sizes beyond which a list is refused.
 *
 * @param entries most entries
 * @param bytes most unpacked bytes
 */
public record ListLimits(long entries, long bytes) {

    /** GuardDuty's size limit of a list file, 35 MB (facts F54). */
    static final long GUARDDUTY_BYTES = 35L * 1024 * 1024;

    /** No limit of entries; 2 GiB of text, against files that unpack without end. Ours. */
    public static final ListLimits WIDE = new ListLimits(Long.MAX_VALUE, 2L << 30);

    /** GuardDuty's limits of a threat list of addresses (facts F54). */
    public static final ListLimits GUARDDUTY_THREAT = new ListLimits(250_000, GUARDDUTY_BYTES);

    /** GuardDuty's limits of the trusted list of addresses (facts F54). */
    public static final ListLimits GUARDDUTY_TRUSTED = new ListLimits(2_000, GUARDDUTY_BYTES);

    /** GuardDuty's limits of an entity list, threat or trusted (facts F54). */
    public static final ListLimits GUARDDUTY_ENTITY = new ListLimits(1_000, GUARDDUTY_BYTES);
}
