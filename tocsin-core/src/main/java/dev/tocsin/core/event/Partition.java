package dev.tocsin.core.event;

/** AWS partitions, told by the Region's name. */
public final class Partition {

    private Partition() {}

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public static String of(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
