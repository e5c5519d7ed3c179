package dev.tocsin.core.lookup;

/** Suffixes of names that only a network of its own knows, so that whether they exist or vary says nothing. */
final class PrivateSuffixes {

    /**
     * Reserved for private use (internal: ICANN 2024; local: RFC 6762; test, invalid, localhost: RFC 6761; alt: RFC 9476)
     * or so used that no registry gets them (corp, home, mail: ICANN 2018; the others: RFC 6762, appendix G).
     */
    private static final String[] ALL = {
        ".internal",
        ".local",
        ".test",
        ".invalid",
        ".localhost",
        ".alt",
        ".corp",
        ".home",
        ".mail",
        ".lan",
        ".intranet",
        ".private",
        ".localdomain"
    };

    private PrivateSuffixes() {}

    /** Whether {@code name} lies below one. */
    static boolean holds(String name) {
        for (String suffix : ALL) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }
}
