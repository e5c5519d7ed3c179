package dev.tocsin.core.intel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list says of its entry; which finding types a match supports hangs on it. */
public enum Category {
    /** Command and control of malware. */
    C2,
    /** A mining pool or miner. */
    CRYPTOMINING,
    /** A Tor relay of any role, or a web gateway to Tor. */
    TOR,
    /** A Tor relay that traffic leaves by. */
    TOR_EXIT,
    /** A Tor relay that clients enter by. */
    TOR_GUARD,
    /** A Tor directory authority. */
    TOR_AUTHORITY,
    /** A page that steals credentials. */
    PHISHING,
    /** A page that installs malware. */
    DRIVE_BY,
    /** A name that malware generates (domain generation algorithm), as feeds foretell them. */
    DGA,
    /** A place where stolen data is put. */
    EXFILTRATION,
    /** A black hole for traffic of infected hosts, or a sinkhole: a former bad name or address in a defender's hands. */
    BLACKHOLE,
    /** Malware without a closer word. */
    MALWARE,
    /** Of low reputation. */
    SUSPICIOUS,
    /** A service that is often abused. */
    ABUSED,
    /** Cryptocurrency, not mining. */
    CRYPTOCURRENCY,
    /** A known scanner. */
    SCANNER,
    /** A leaked access key id. */
    COMPROMISED_KEY,
    /** A parked name: context only. */
    PARKING(true),
    /** A service that tells the caller its address: context only. */
    LOOKUP_SERVICE(true),
    /** Remote administration software: context only. */
    REMOTE_TOOL(true),
    /** A range of AWS's, as it publishes them: context only. */
    AWS(true),
    /** The operator's own entry without a category. */
    CUSTOM;

    private static final Map<String, Category> BY_NAME = HashMap.newHashMap(32);

    static {
        for (Category category : values()) {
            BY_NAME.put(category.wireName, category);
        }
        BY_NAME.put("sinkhole", BLACKHOLE);
    }

    private final String wireName;
    private final boolean contextOnly;

    Category() {
        this(false);
    }

    Category(boolean contextOnly) {
        this.wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.contextOnly = contextOnly;
    }

    /** As lists and findings write it: {@code tor-exit}. */
    public String wireName() {
        return wireName;
    }

    /** Whether it explains a finding but never makes one. */
    public boolean contextOnly() {
        return contextOnly;
    }

    /** The category that lists write so, or null. */
    public static @Nullable Category of(String wireName) {
        return BY_NAME.get(wireName);
    }
}
