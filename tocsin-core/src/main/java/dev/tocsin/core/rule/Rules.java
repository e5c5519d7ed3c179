package dev.tocsin.core.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All named rules there are. To add one: its lines in the file of its kind, and its rows in the file's test. */
public final class Rules {

    /** GuardDuty's library of custom detection rules, by name. */
    public static final List<Rule> LIBRARY =
            Stream.of(AccessLibrary.ALL, DataLibrary.ALL).flatMap(List::stream).toList();

    /** Ours. */
    public static final List<Rule> OURS = Stream.of(
                    Sharing.ALL, WaysIn.ALL, Doors.ALL, Evasion.ALL, Stealing.ALL, Destroying.ALL, Notable.ALL)
            .flatMap(List::stream)
            .toList();

    /** All. */
    public static final List<Rule> ALL =
            Stream.of(LIBRARY, OURS).flatMap(List::stream).toList();

    private Rules() {}

    /** The rule called {@code name}. */
    public static Optional<Rule> named(String name) {
        return ALL.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
