package dev.tocsin.server.evaluate;

import java.util.List;
import java.util.Set;

/**
 * One thing that a label file says about logs.
 *
 * @param name for people
 * @param expectation what is expected of it
 * @param types finding types, each with {@code *} for any text
 * @param also types that may be reported of it too, without being right
 * @param resources any of which a finding must name; empty for any
 * @param eventIds records that belong to it; a finding that rests on one is about it
 * @param source part of the name of the objects it is in; empty for any
 * @param from its start, epoch seconds
 * @param to its end
 * @param difficulty {@code easy}, {@code hard} or empty
 * @param cause of what kind a harmless event is; empty for attacks
 */
public record Label(
        String name,
        Expectation expectation,
        List<String> types,
        List<String> also,
        Set<String> resources,
        Set<String> eventIds,
        String source,
        long from,
        long to,
        String difficulty,
        String cause) {

    /** Clocks, windows and sessions are not exact: a finding this near in time, in seconds, is of the same time. */
    static final long NEAR_SECONDS = 10 * 60;

    /** A label that says nothing of difficulty or cause. */
    Label(
            String name,
            Expectation expectation,
            List<String> types,
            List<String> also,
            Set<String> resources,
            Set<String> eventIds,
            String source,
            long from,
            long to) {
        this(name, expectation, types, also, resources, eventIds, source, from, to, "", "");
    }

    /** What is expected of a label. */
    public enum Expectation {
        /** A finding must come. */
        SHOULD,
        /** A finding is defensible and not counted. */
        MAY,
        /** One finding on the whole group is right, findings on its members are false. */
        NOTICE,
        /** A finding of these types is false. */
        MUST_NOT
    }

    /** Whether {@code seen} is about this label, whatever its type. */
    boolean isAbout(SeenFinding seen) {
        if (!eventIds.isEmpty() && seen.eventIds().stream().anyMatch(eventIds::contains)) {
            return true;
        }
        boolean here = source.isEmpty()
                ? resources.stream().anyMatch(seen.texts()::contains)
                : seen.sources().stream().anyMatch(name -> name.contains(source));
        return here && seen.first() <= to + NEAR_SECONDS && seen.last() >= from - NEAR_SECONDS;
    }

    /** Whether {@code seen} is of one of its resources. */
    boolean isOf(SeenFinding seen) {
        return resources.contains("*") || seen.resources().stream().anyMatch(resources::contains);
    }

    /** Whether what raised {@code seen} was at this label's resource and time. */
    boolean isOpenedBy(SeenFinding seen) {
        return isOf(seen) && seen.first() <= to + NEAR_SECONDS && seen.raised() >= from - NEAR_SECONDS;
    }

    /** Whether any activity of {@code seen} was at this label's resource and time. */
    boolean isActive(SeenFinding seen) {
        return isOpenedBy(seen) || (isOf(seen) && seen.isActive(from - NEAR_SECONDS, to + NEAR_SECONDS));
    }

    /** Whether {@code type} is one of {@link #types}. */
    boolean isRight(String type) {
        return types.stream().anyMatch(pattern -> matches(pattern, type));
    }

    /** Whether {@code type} may be said of it too. */
    boolean isDefensible(String type) {
        return also.stream().anyMatch(pattern -> matches(pattern, type));
    }

    /** Whether {@code type} fits {@code pattern}; {@code !} in front turns it round. */
    static boolean matches(String pattern, String type) {
        if (pattern.startsWith("!")) {
            return !matches(pattern.substring(1), type);
        }
        int star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(type)
                : type.startsWith(pattern.substring(0, star)) && type.endsWith(pattern.substring(star + 1));
    }
}
