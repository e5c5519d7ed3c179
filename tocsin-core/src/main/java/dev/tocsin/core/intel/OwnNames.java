package dev.tocsin.core.intel;

/** Names that no list can mean: those of the VPC itself, of reverse look-ups, and single labels. */
public final class OwnNames {

    /** Suffixes of names that the VPC's own resolver answers, and of reverse look-ups (facts: DNS). */
    private static final String[] SUFFIXES = {"ec2.internal", "compute.internal", "in-addr.arpa", "ip6.arpa"};

    private OwnNames() {}

    /** Whether {@code name} is such a name. */
    public static boolean holds(String name) {
        if (name.indexOf('.') < 0) {
            return true;
        }
        for (String suffix : SUFFIXES) {
            if (isBelow(name, suffix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(String name, String suffix) {
        int dot = name.length() - suffix.length() - 1;
        return name.endsWith(suffix) && (dot < 0 || name.charAt(dot) == '.');
    }
}
