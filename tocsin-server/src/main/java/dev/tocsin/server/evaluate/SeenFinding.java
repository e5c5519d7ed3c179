package dev.tocsin.server.evaluate;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.TrafficDetector;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What labels ask of a finding.
 *
 * @param type its type
 * @param first earliest activity, epoch seconds
 * @param last latest activity
 * @param detected time of the record that made it a finding
 * @param resources names of what it is about: instance, functions, else interface and address; members of a group
 * @param members how many of a group it is about; 0 for one on a single resource
 * @param activity when it was active, earliest first
 * @param texts every text in it: names of resources among them
 * @param eventIds the API calls it rests on
 * @param sources the objects it rests on
 */
record SeenFinding(
        String type,
        long first,
        long last,
        long detected,
        Set<String> resources,
        int members,
        List<Bin> activity,
        Set<String> texts,
        Set<String> eventIds,
        Set<String> sources) {

    /** A stretch of activity, epoch seconds. */
    record Bin(long from, long to) {}

    /** How long after a window's end it is judged, in seconds: what answers may be logged a window later. */
    private static final long JUDGED_AFTER_SECONDS = 600;

    private static final Set<String> WINDOWED = Detectors.of(TrafficDetector.class).stream()
            .flatMap(detector -> detector.types().stream())
            .map(FindingType::name)
            .collect(Collectors.toUnmodifiableSet());

    static SeenFinding of(FindingState finding) {
        Set<String> texts = new HashSet<>();
        Set<String> eventIds = new HashSet<>();
        Set<String> sources = new HashSet<>();
        Doc document = finding.document();
        collect(document, "", texts, eventIds, sources);
        Doc evidence = document.part("tocsin").part("evidence");
        String triggered = evidence.part("trigger").text("time");
        long detected = triggered == null ? finding.firstSeen() : seconds(triggered);
        List<String> members = texts(document.part("service").part("additionalInfo"), "members");
        return new SeenFinding(
                finding.type(),
                finding.firstSeen(),
                finding.lastSeen(),
                detected,
                resources(document, members),
                members.size(),
                activity(evidence, finding.firstSeen(), finding.lastSeen()),
                texts,
                eventIds,
                sources);
    }

    private static long seconds(String time) {
        return Instant.parse(time).getEpochSecond();
    }

    private static List<String> texts(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Set<String> resources(Doc document, List<String> members) {
        Set<String> names = new HashSet<>(members);
        Doc resource = document.part("resource");
        Doc instance = resource.part("instanceDetails");
        String id = instance.text("instanceId");
        Doc tocsin = document.part("tocsin");
        if (id != null && !id.equals("-")) {
            names.add(id);
        } else if (instance.get("networkInterfaces") instanceof List<?> interfaces) {
            for (Object one : interfaces) {
                collect(one, "", names, new HashSet<>(), new HashSet<>());
            }
        }
        String owner = tocsin.text("ownerName");
        if (owner != null) {
            names.add(owner);
        }
        String function = resource.part("lambdaDetails").text("functionName");
        if (function != null) {
            names.addAll(List.of(function.split("\\|", -1)));
        }
        texts(tocsin, "candidates").forEach(arn -> names.add(arn.substring(arn.lastIndexOf(':') + 1)));
        return names;
    }

    private static List<Bin> activity(Doc evidence, long first, long last) {
        Doc activity = evidence.part("activity");
        long width = activity.number("binSeconds", 0);
        List<Bin> bins = new ArrayList<>();
        if (activity.get("bins") instanceof List<?> list) {
            for (Object bin : list) {
                long start = seconds(String.valueOf(((Doc) bin).text("start")));
                bins.add(new Bin(Math.max(start, first), Math.min(start + width, last)));
            }
        }
        return bins;
    }

    /** When the stretch ended that raised it. */
    long raised() {
        return activity.isEmpty()
                ? last
                : Math.min(last, Math.max(detected, activity.getFirst().to()));
    }

    /** Whether it was active between {@code from} and {@code to}. */
    boolean isActive(long from, long to) {
        return activity.stream().anyMatch(bin -> bin.from() <= to && bin.to() >= from);
    }

    /** When what went on from {@code from} was said: a window is judged some time after its end. */
    long saidAfter(long from) {
        boolean windowed = WINDOWED.contains(type);
        if (!windowed && detected >= from) {
            return detected;
        }
        for (Bin bin : activity) {
            if (bin.to() > from) {
                return windowed ? bin.to() + JUDGED_AFTER_SECONDS : Math.max(from, bin.from());
            }
        }
        return Math.max(from, detected);
    }

    private static void collect(
            Object value, String name, Set<String> texts, Set<String> eventIds, Set<String> sources) {
        switch (value) {
            case Doc doc -> doc.members().forEach((member, part) -> collect(part, member, texts, eventIds, sources));
            case Collection<?> list -> list.forEach(item -> collect(item, name, texts, eventIds, sources));
            case String text -> {
                texts.add(text);
                if (name.equals("eventID")) {
                    eventIds.add(text);
                } else if (name.equals("source")) {
                    sources.add(text);
                }
            }
            default -> {}
        }
    }
}
