package dev.tocsin.server.usage;

import java.math.BigDecimal;

/** What a price list has prices of: features of one meter share its tiers. */
public enum Meter {
    /** Millions of management events. */
    CALLS("cloudtrail-million", 1_000_000),
    /** GiB of flow and query logs together. */
    FLOWS_AND_QUERIES("flow-dns-gb", Meter.GIB),
    /** Millions of S3 data events. */
    S3_CALLS("s3-million", 1_000_000),
    /** GiB of functions' flow logs. */
    FUNCTION_FLOWS("lambda-gb", Meter.GIB),
    /** vCPUs watched for a month of 30 days; counted are their minutes. */
    AGENTS("runtime-vcpu", Meter.MINUTES);

    /** AWS bills a GB as 2^30 bytes. */
    private static final long GIB = 1L << 30;

    private static final long MINUTES = 30L * 24 * 60;

    private final String wire;
    private final BigDecimal unit;

    Meter(String wire, long unit) {
        this.wire = wire;
        this.unit = BigDecimal.valueOf(unit);
    }

    /** As a price list names it. */
    public String wire() {
        return wire;
    }

    /** What is counted (records, bytes, minutes) that makes one of what is priced. */
    BigDecimal unit() {
        return unit;
    }

    /** Whether records are counted, rather than bytes or minutes. */
    boolean countsRecords() {
        return this == CALLS || this == S3_CALLS;
    }
}
