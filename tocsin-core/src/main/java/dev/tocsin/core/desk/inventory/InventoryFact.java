package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.finding.Doc;

/**
 * One thing known about one resource from a time on. A later fact about the same resource adds to earlier ones and
 * overrides what both name.
 *
 * @param kind what kind of resource it is about
 * @param account the account that owns it
 * @param id the resource's id, unique within its kind and account
 * @param source where the fact comes from
 * @param from first epoch second at which it holds
 * @param to first epoch second at which it no longer holds, {@link #OPEN} if no end is known
 * @param members what is known, in the words of findings
 */
public record InventoryFact(Kind kind, String account, String id, Source source, long from, long to, Doc members) {

    /** The end of what has no known end. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Kinds of resource. */
    public enum Kind {
        /** An EC2 instance, by {@code i-…}. */
        INSTANCE,
        /** A network interface, by {@code eni-…}. */
        INTERFACE,
        /** A function, by its ARN without version. */
        FUNCTION,
        /** The functions of one subnet and group set: they share an interface. */
        FUNCTION_SET,
        /** A private address by {@code vpc-…/address}, or a public one by itself. */
        ADDRESS,
        /** An elastic address, by {@code eipalloc-…}. */
        ALLOCATION,
        /** A role in an instance profile, by the role's name. */
        PROFILE_ROLE,
        /** An attachment or association, by its id: calls that end one name nothing else. */
        LINK
    }

    /** Where a fact comes from; the later source counts where two speak of the same second. */
    public enum Source {
        /** An answer of a describe call. */
        FILE,
        /** A CloudTrail event. */
        EVENT
    }

    /** Whether it tells that an interface is a Lambda function's. */
    public boolean isFunctionInterface() {
        return kind == Kind.INTERFACE && InterfaceOwner.isFunctions(members);
    }
}
