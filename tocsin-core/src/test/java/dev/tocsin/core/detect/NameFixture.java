package dev.tocsin.core.detect;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.FakeHost;
import dev.tocsin.core.engine.NameFunction;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name queries for detector tests, in a short script: {@code 60 every 5 TXT {b32:24}.t.example.com TXT {b32:30}; ...}. A
 * step is how many, seconds between, the type, the name, and the answer: its type and data, {@code NX}, or nothing. {@code
 * +600} before it says when it begins. In braces stand {@code b32:N}, {@code hex:N} and {@code letters:N} (that many random
 * characters), {@code i} (the query's number) and {@code word} (two of a few words).
 */
final class NameFixture {

    static final long START = 1_772_366_400;

    private static final Pattern PART = Pattern.compile("\\{(\\w+):?(\\d*)}");
    private static final String[] WORDS = {
        "river", "stone", "market", "silver", "garden", "window", "summer", "paper", "bridge", "copper", "morning",
                "candle",
        "forest", "mirror", "pocket", "velvet", "harbor", "thunder", "kitchen", "ladder", "orange", "signal", "timber",
                "valley"
    };

    private NameFixture() {}

    /** The signals that the script's queries give, once no record is awaited any more. */
    static List<Signal> signals(EngineServices services, String script) {
        return signals(services, queries(script));
    }

    /** The signals that {@code queries} give. */
    static List<Signal> signals(EngineServices services, List<NameQuery> queries) {
        FakeHost<NameQuery> host = new FakeHost<>(new NameFunction(services, Detectors.ALL));
        for (NameQuery query : queries) {
            host.take(NameFunction.key(query), query);
        }
        host.saveAndLoad();
        host.advance(START + 40L * 86_400);
        return host.signals;
    }

    /** The signals' types. */
    static List<String> types(String script) {
        return signals(EngineServices.NONE, script).stream()
                .map(signal -> signal.type().name())
                .distinct()
                .toList();
    }

    /** The queries of a script. */
    static List<NameQuery> queries(String script) {
        Random random = new Random(7);
        List<NameQuery> queries = new ArrayList<>();
        for (String step : List.of(script.split(";", -1))) {
            step(List.of(step.strip().split("\\s+", -1)), random, queries);
        }
        return queries;
    }

    private static void step(List<String> words, Random random, List<NameQuery> out) {
        boolean later = words.getFirst().startsWith("+");
        long at = START + (later ? Long.parseLong(words.getFirst().substring(1)) : 0);
        List<String> rest = later ? words.subList(1, words.size()) : words;
        int times = Integer.parseInt(rest.getFirst());
        long apart = Long.parseLong(rest.get(2));
        for (int i = 0; i < times; i++) {
            String name = filled(rest.get(4), i, random);
            String outcome = rest.size() > 5 ? rest.get(5) : "";
            List<NameQuery.Answer> answers = rest.size() > 6
                    ? List.of(new NameQuery.Answer(outcome, filled(rest.get(6), i, random)))
                    : List.of();
            out.add(query(
                    at + i * apart,
                    name,
                    rest.get(3),
                    outcome.equals("NX") ? "NXDOMAIN" : "NOERROR",
                    answers,
                    out.size()));
        }
    }

    /** One query of the fixture's host. */
    static NameQuery query(
            long at, String name, String type, String code, List<NameQuery.Answer> answers, long number) {
        return new NameQuery(
                new Origin(LogObject.named("dns"), number),
                at,
                "111122223333",
                "us-east-1",
                "vpc-1",
                name,
                type,
                code,
                answers,
                "10.0.0.5",
                40000,
                "UDP",
                "i-1",
                null,
                null,
                null,
                number * 0x9E37_79B9_7F4A_7C15L);
    }

    private static String filled(String pattern, int number, Random random) {
        Matcher parts = PART.matcher(pattern);
        StringBuilder filled = new StringBuilder();
        while (parts.find()) {
            String length = parts.group(2);
            parts.appendReplacement(
                    filled, part(parts.group(1), length.isEmpty() ? 0 : Integer.parseInt(length), number, random));
        }
        return parts.appendTail(filled).toString();
    }

    private static String part(String kind, int length, int number, Random random) {
        return switch (kind) {
            case "i" -> Integer.toString(number);
            case "word" -> WORDS[random.nextInt(WORDS.length)] + WORDS[number % WORDS.length];
            case "hex" -> characters("0123456789abcdef", length, random);
            case "b32" -> characters("abcdefghijklmnopqrstuvwxyz234567", length, random);
            case "letters" -> characters("abcdefghijklmnopqrstuvwxyz", length, random);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String characters(String of, int length, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }
}
