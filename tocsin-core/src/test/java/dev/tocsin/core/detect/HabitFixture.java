package dev.tocsin.core.detect;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scripts of {@link FlowFixture} over days, and what detectors of habits say of hosts that are known for long enough. */
final class HabitFixture {

    static final int DAY = 86_400;

    private HabitFixture() {}

    /** Other traffic on each of the first {@code count} days. */
    static String days(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "out 40000 443 S +%1$d; in 40000 443 SA +%1$d;".formatted(i * DAY))
                .collect(Collectors.joining());
    }

    /** {@code script}, whose flows name no time, so many seconds after the start. */
    static String at(int seconds, String script) {
        return List.of(script.split(";", -1)).stream()
                .map(flow -> flow.strip() + " +" + seconds)
                .collect(Collectors.joining(";"));
    }

    /** Asked and answered: {@code out} and {@code in} of the same words. */
    static String both(String words) {
        String ports = words.contains("udp") ? words : words.replaceFirst("(\\d+ \\d+)", "$1 S");
        String answer = words.contains("udp") ? words : words.replaceFirst("(\\d+ \\d+)", "$1 SA");
        return "out " + ports + ";in " + answer;
    }

    /** The signals of {@code type} that {@code script} gives. */
    static List<Signal> all(FindingType type, String script) {
        return FlowFixture.signals(new TestLists(), script).stream()
                .filter(signal -> signal.type().equals(type))
                .toList();
    }

    /** How many of them the host's own history bears out. */
    static long mature(FindingType type, String script) {
        return all(type, script).stream()
                .filter(signal -> {
                    HabitSignal habit = HabitSignal.of(signal);
                    return habit != null && habit.isMature();
                })
                .count();
    }
}
