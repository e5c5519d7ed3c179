package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.finding.Doc;
import java.util.List;

/** Whose traffic an interface or address carries. */
public sealed interface Owner {

    /**
     * An EC2 instance.
     *
     * @param id {@code i-…}
     */
    record Instance(String id) implements Owner {}

    /**
     * Functions that share an interface.
     *
     * @param candidates lambdaDetails of those it may be, in the order of ARNs; empty if none is known
     */
    record Functions(List<Doc> candidates) implements Owner {}

    /**
     * A container task with an interface of its own (Fargate).
     *
     * @param attachment the ARN that the interface names
     */
    record Task(String attachment) implements Owner {}

    /**
     * Something between hosts, or managed by AWS: no host of the account.
     *
     * @param what such as {@code NAT gateway}
     * @param name its id or name, or the interface's id if it has none
     */
    record Other(String what, String name) implements Owner {}

    /**
     * Nothing known.
     *
     * @param why what is missing, for people
     */
    record Unknown(String why) implements Owner {}
}
