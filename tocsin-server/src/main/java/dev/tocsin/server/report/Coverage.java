package dev.tocsin.server.report;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Freshness;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each finding type could judge in a run, and why not the rest: silence is never shown as clean. */
public final class Coverage {

    /** Days that a detector of habits wants before it speaks in full (docs: learning time). */
    static final int LEARN_DAYS = 14;

    /** Age of a list, in days at the last record, from which it is said: the feeds change daily. Ours. */
    static final int OLD_DAYS = 7;

    private static final long DAY_SECONDS = 24 * 60 * 60;

    /** How much of its work a type could do. */
    public enum Status {
        /** All records it needs were there: what it did not report did not happen in them. */
        SPOKE,
        /** Something it needs was missing in part. */
        PARTLY,
        /** It could judge nothing. */
        SILENT;

        /** As the coverage line writes it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that kept a type from speaking.
     *
     * @param silent whether it could then judge nothing at all
     * @param reason what is missing
     * @param todo what to do about it
     */
    record Gap(boolean silent, String reason, String todo) {}

    /**
     * The coverage of one type.
     *
     * @param type the finding type
     * @param status how much it could judge
     * @param findings how many it made
     * @param nearMisses calls whose evidence nearly reached what it takes, of types of identities' habits
     * @param gaps what was missing, the worst first
     */
    public record Row(FindingType type, Status status, long findings, long nearMisses, List<Gap> gaps) {

        /** What is missing, in one line; empty where nothing is. */
        public String reason() {
            return gaps.stream().map(Gap::reason).collect(Collectors.joining("; "));
        }

        /** What to do, in one line; empty where nothing is missing. */
        public String todo() {
            return gaps.stream().map(Gap::todo).distinct().collect(Collectors.joining("; "));
        }

        /** The form of {@code tocsin.coverage}. */
        public Doc toDoc() {
            return new Doc()
                    .with("type", type.name())
                    .with("status", status.wireName())
                    .with("source", type.source().name())
                    .with("feature", type.feature().name())
                    .with("findings", findings)
                    .with("nearMisses", nearMisses == 0 ? null : nearMisses)
                    .with("reason", gaps.isEmpty() ? null : reason())
                    .with("whatToDo", gaps.isEmpty() ? null : todo());
        }
    }

    /**
     * What a run had to work with.
     *
     * @param seen the records met
     * @param lists the indicator categories of the lists loaded, and how fresh each is
     * @param off features switched off
     * @param learnDays days that detectors of habits learn
     * @param rules the named rules that are on, or null where that hangs on what accounts associate
     */
    public record Means(
            Seen seen,
            Map<Category, Freshness> lists,
            Set<FindingType.Feature> off,
            int learnDays,
            @Nullable RulesInForce rules) {

        /** What a run had, with learning as it is documented unless {@code learn} says otherwise. */
        public static Means of(
                Seen seen, Map<Category, Freshness> lists, Set<FindingType.Feature> off, @Nullable Integer learn) {
            return new Means(seen, lists, off, learn == null ? LEARN_DAYS : learn, null);
        }

        /** These, of a run with {@code rules}. */
        public Means ruling(RulesInForce rules) {
            return new Means(seen, lists, off, learnDays, rules);
        }
    }

    private Coverage() {}

    /** The coverage of all types known, by name. */
    public static List<Row> of(Means means, Ledger ledger, Collection<FindingState> findings) {
        Map<String, Long> made =
                findings.stream().collect(Collectors.groupingBy(FindingState::type, Collectors.counting()));
        return rows(means, ledger, made, listFaults(means, findings));
    }

    /** The coverage of all types known, by name, of a run that made so many findings of each; lists' faults are not judged. */
    public static List<Row> ofCounts(Means means, Ledger ledger, Map<String, Long> made) {
        return rows(means, ledger, made, Map.of());
    }

    private static List<Row> rows(Means means, Ledger ledger, Map<String, Long> made, Map<String, List<Gap>> faults) {
        return new TreeMap<>(Detectors.types())
                .values().stream()
                        .map(type -> row(
                                type,
                                means,
                                ledger,
                                made.getOrDefault(type.name(), 0L),
                                faults.getOrDefault(type.name(), List.of())))
                        .toList();
    }

    /** Lists at fault, by the types whose findings rest on them. */
    private static Map<String, List<Gap>> listFaults(Means means, Collection<FindingState> findings) {
        Map<String, String> faults = ListFaults.of(means.seen(), findings);
        Map<String, Map<String, Gap>> byType = new TreeMap<>();
        for (FindingState finding : findings) {
            for (String list : ListFaults.lists(finding)) {
                String fault = faults.get(list);
                if (fault != null) {
                    byType.computeIfAbsent(finding.type(), ignored -> new TreeMap<>())
                            .put(list, new Gap(false, fault, ListFaults.WHAT_TO_DO));
                }
            }
        }
        Map<String, List<Gap>> gaps = new TreeMap<>();
        byType.forEach((type, lists) -> gaps.put(type, List.copyOf(lists.values())));
        return gaps;
    }

    /** The coverage of one type that made {@code findings} findings, some from lists {@code atFault}. */
    static Row row(FindingType type, Means means, Ledger ledger, long findings, List<Gap> atFault) {
        List<Gap> gaps = new ArrayList<>(atFault);
        feature(type, means, gaps);
        log(type, means, gaps);
        if (gaps.size() == atFault.size()) {
            rules(type, means.rules(), gaps);
            lists(type, means, gaps);
            history(type, means, gaps);
            fields(type, means, gaps);
            damage(type, ledger, gaps);
        }
        gaps.sort(Comparator.comparing(gap -> !gap.silent()));
        boolean silent = findings == 0 && gaps.stream().anyMatch(Gap::silent);
        Status status = gaps.isEmpty() ? Status.SPOKE : silent ? Status.SILENT : Status.PARTLY;
        return new Row(type, status, findings, means.seen().nearMisses(type), List.copyOf(gaps));
    }

    private static void feature(FindingType type, Means means, List<Gap> gaps) {
        if (means.off().contains(type.feature())) {
            gaps.add(new Gap(
                    true, "feature " + type.feature() + " is off", "leave --disable " + type.feature() + " out"));
        }
    }

    private static void log(FindingType type, Means means, List<Gap> gaps) {
        if (means.seen().records(type.source()) == 0) {
            gaps.add(new Gap(true, "no " + name(type.source()) + " among the objects", giveLog(type.source())));
        }
    }

    /** A type of named rules speaks as far as they are on. */
    private static void rules(FindingType type, @Nullable RulesInForce inForce, List<Gap> gaps) {
        if (inForce == null) {
            return;
        }
        Set<Boolean> live = Rules.ALL.stream()
                .filter(rule -> rule.type().name().equals(type.name()))
                .map(rule -> inForce.of(rule, false) == RulesInForce.Mode.LIVE)
                .collect(Collectors.toSet());
        if (live.contains(false)) {
            gaps.add(new Gap(
                    !live.contains(true),
                    live.contains(true) ? "some of its rules are off" : "none of its rules is on",
                    "turn them on: --rules all, or by the names that 'tocsin rules' lists"));
        }
    }

    private static void lists(FindingType type, Means means, List<Gap> gaps) {
        List<String> missing = new ArrayList<>();
        Freshness freshest = null;
        for (String need : type.needs()) {
            Freshness fresh = means.lists().get(Objects.requireNonNull(Category.of(need), need));
            if (fresh == null) {
                missing.add(need);
            } else {
                freshest = freshest == null || fresh.until() > freshest.until() ? fresh : freshest;
            }
        }
        if (!missing.isEmpty()) {
            gaps.add(new Gap(
                    freshest == null,
                    "no list of category " + String.join(", ", missing),
                    type.needs().equals(List.of(Category.CUSTOM.wireName()))
                            ? "load a list of your own: --threat-list FILE"
                            : "load one: 'tocsin lists update' or --intel FILE"));
        }
        if (freshest != null) {
            age(type, freshest, means.seen(), gaps);
        }
    }

    private static void age(FindingType type, Freshness fresh, Seen seen, List<Gap> gaps) {
        String todo = "load a newer one: 'tocsin lists update'";
        if (fresh.until() == Long.MIN_VALUE) {
            gaps.add(new Gap(true, "the list's entries are undated or cannot fire alone", todo));
            return;
        }
        long days = fresh.seen() == 0 ? 0 : (seen.last(type.source()) - fresh.seen()) / DAY_SECONDS;
        boolean tooOld = fresh.until() < seen.first(type.source());
        if (tooOld
                || fresh.until() < seen.last(type.source())
                || (fresh.until() != Long.MAX_VALUE && days >= OLD_DAYS)) {
            gaps.add(new Gap(tooOld, "list " + days + " days old", todo));
        }
    }

    private static void history(FindingType type, Means means, List<Gap> gaps) {
        long days = means.seen().days(type.source());
        if (isHabit(type) && days < means.learnDays()) {
            gaps.add(new Gap(
                    days == 0,
                    "history " + days + " of " + means.learnDays() + " days",
                    "give logs of " + means.learnDays() + " days and more, keep --state DIR from run to run, or lower"
                            + " --learn-days"));
        }
    }

    /** Whether a type compares with what was usual. */
    static boolean isHabit(FindingType type) {
        return type.name().contains("AnomalousBehavior") || type.name().startsWith("Behavior:");
    }

    private static void fields(FindingType type, Means means, List<Gap> gaps) {
        Seen seen = means.seen();
        switch (type.source()) {
            case FLOW, LAMBDA_NETWORK -> {
                lacks(gaps, seen.withoutPorts(), "flows without ports or protocol", "srcport, dstport and protocol");
                lacks(
                        gaps,
                        seen.withoutFlags(),
                        "TCP flows without tcp-flags (who opened it is inferred)",
                        "tcp-flags");
                lacks(gaps, seen.flowsWithoutInstance(), "flows without instance-id", "instance-id");
            }
            case DNS -> {
                if (seen.queriesWithoutInstance() > 0) {
                    gaps.add(new Gap(
                            false,
                            seen.queriesWithoutInstance() + " queries without the asking instance",
                            "log the VPC the instances are in, not only the resolver endpoint"));
                }
            }
            case CLOUDTRAIL, S3_DATA, RUNTIME, CORRELATION -> {}
        }
    }

    private static void lacks(List<Gap> gaps, long count, String what, String field) {
        if (count > 0) {
            gaps.add(new Gap(false, count + " " + what, "add " + field + " to the flow log's format"));
        }
    }

    private static void damage(FindingType type, Ledger ledger, List<Gap> gaps) {
        String kind = kind(type.source());
        long troubled = ledger.rows().stream()
                .filter(row -> row.isTroubled() && kind(row).equals(kind))
                .count();
        if (troubled > 0) {
            gaps.add(
                    new Gap(false, troubled + " objects partial or refused", "see --ledger FILE and fetch them again"));
        }
    }

    /** What the object holds, else what its name claims: a log that cannot be read at all is missed too. */
    private static String kind(LedgerRow row) {
        return row.kind().equals("unknown")
                ? ObjectKey.parse(row.source()).kind().wireName()
                : row.kind();
    }

    private static String kind(DataSource source) {
        return switch (source) {
            case CLOUDTRAIL, S3_DATA, CORRELATION -> "cloudtrail";
            case FLOW, LAMBDA_NETWORK -> "vpcflow";
            case DNS -> "dns";
            case RUNTIME -> "runtime";
        };
    }

    /** The log's name for people. */
    static String name(DataSource source) {
        return switch (source) {
            case CLOUDTRAIL, CORRELATION -> "CloudTrail management event";
            case S3_DATA -> "CloudTrail S3 data event";
            case FLOW -> "VPC flow log";
            case DNS -> "Resolver query log";
            case RUNTIME -> "host event";
            case LAMBDA_NETWORK -> "flow log of a function's interface";
        };
    }

    private static String giveLog(DataSource source) {
        return switch (source) {
            case CLOUDTRAIL, CORRELATION -> "give the trail's AWSLogs/ACCOUNT/CloudTrail folder";
            case S3_DATA -> "switch data events for S3 objects on in the trail";
            case FLOW -> "give the AWSLogs/ACCOUNT/vpcflowlogs folder, or create a flow log";
            case LAMBDA_NETWORK ->
                "create a flow log of the functions' subnets; AWS gives no log of functions outside a VPC to customers";
            case DNS -> "give the AWSLogs/ACCOUNT/vpcdnsquerylogs folder, or create a query log";
            case RUNTIME -> "run a tool on the host whose events are read: docs/runtime.md";
        };
    }
}
