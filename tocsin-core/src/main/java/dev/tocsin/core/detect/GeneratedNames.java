package dev.tocsin.core.detect;

import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import dev.tocsin.core.lookup.AskedName;
import dev.tocsin.core.lookup.LookupWindow;
import dev.tocsin.core.lookup.NameModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code Trojan:EC2/DGADomainRequest.B}: the host asks for registered names that nobody registered, ever new ones, more than
 * what it asks for besides explains. Each weighs by how generated it looks; names made of words count too, it takes more.
 */
final class GeneratedNames implements LookupDetector {

    /** Weight of a name that does not look generated at all, in {@link NameModel#UNIT}ths. Ours: words may be generated. */
    static final int LEAST_WEIGHT = 32;

    /** Weight of a name that looks wholly generated. Ours. */
    static final int MOST_WEIGHT = 224;

    /** Score, in {@link NameModel#UNIT}ths, from which a name looks generated at all. Ours: half of the benign ones lie below. */
    static final int LOWEST_SCORE = -128;

    /** Score from which it looks wholly generated. Ours: a hundredth of the benign ones lies above. */
    static final int HIGHEST_SCORE = 192;

    /** Sum of weights that makes a finding, beyond what is explained. Measured on train names: docs/dga.md. */
    static final int WEIGHT = 24 * NameModel.UNIT;

    /** Names that failed, at least. Ours. */
    static final int LEAST_NAMES = 7;

    /** Weight that a thousand answered names explain on a host without history. Ours: as many dead names as living ones. */
    static final int UNKNOWN_USUAL = 1_000 * NameModel.UNIT;

    /** The least that they explain on any host. Ours: one of twenty mistyped or gone. */
    static final int LEAST_USUAL = 50 * NameModel.UNIT;

    /** How much more than usual is no sign yet. Ours. */
    static final int TIMES_USUAL = 3;

    /** Days of look-ups after which a host's own usual counts. Ours. */
    static final int LEARN_DAYS = 3;

    /** Records shown of one signal. Ours. */
    private static final int MOST_RECORDS = 10;

    private static final int MOST_SAMPLES = 20;

    static final FindingType TYPE = FindingType.named("Trojan:EC2/DGADomainRequest.B")
            .about(DataSource.DNS, ResourceKind.INSTANCE, Role.ACTOR)
            .severity(8)
            .texts(
                    "EC2 instance {host} is querying algorithmically generated domains.",
                    "{host} asked for {names} registered domains that do not exist and that it had not asked for before,"
                            + " such as {domain}, beside {answered} that do. Malware finds its command server so.")
            .firesWhen("within ten minutes, or within a day, the host asks for registered domains that do not exist"
                    + " (NXDOMAIN), at least " + LEAST_NAMES
                    + " and new to it, whose weights"
                    + " sum up to " + WEIGHT / NameModel.UNIT
                    + " beyond what its other names explain. A domain weighs 0.5"
                    + " to 3.5 by how generated it looks, half of it if a name below it was asked for. Other names explain "
                    + TIMES_USUAL + " times what usually"
                    + " failed beside as many, 0.05 each at least; in its first " + LEARN_DAYS + " days 1 each.")
            .doesNotSee("generators that ask for few names, for names below few domains, or in private top-level"
                    + " domains; names that a list knows (their types speak); names that DNS Firewall blocked; queries"
                    + " through a Resolver endpoint, which name no instance, and of other resolvers. A burst of variants"
                    + " of one name, as brand monitors ask for, counts as one.")
            .nextSteps(
                    "Find the process that asks. If names were answered, look for connections to the answers. Isolate"
                            + " the host. A crawler, link checker or mail filter that is new explains it too: after "
                            + LEARN_DAYS
                            + " days its own habit counts.")
            .technique("T1568.002")
            .threshold("GeneratedNames.WEIGHT", WEIGHT, "sixty-fourths of a name's weight")
            .threshold("GeneratedNames.LEAST_NAMES", LEAST_NAMES, "names")
            .threshold("GeneratedNames.TIMES_USUAL", TIMES_USUAL, "times the usual")
            .threshold("GeneratedNames.LEARN_DAYS", LEARN_DAYS, "days")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(LookupWindow window, Context context, Consumer<Signal> out) {
        FailedNames known = FailedNames.of(this, window.start(), context);
        List<AskedName> failed = window.failed();
        List<AskedName> fresh = new ArrayList<>();
        for (AskedName name : failed) {
            if (!known.knows(name) && !isListed(name.sample(), context)) {
                fresh.add(name);
            }
        }
        long sampled = Math.max(1, failed.size());
        long all = Math.max(sampled, window.distinctFailed());
        long weight = Variants.weight(fresh, GeneratedNames::weight) * all / sampled;
        long count = (long) fresh.size() * all / sampled;
        known.add(window, fresh, count, weight);
        if (!fresh.isEmpty()) {
            long usual = usual(known, context);
            boolean now =
                    count >= LEAST_NAMES && isMore(weight, window.answered().count(), usual);
            boolean day = known.failed() >= LEAST_NAMES && isMore(known.weight(), known.answered(), usual);
            if (now || day) {
                known.found(isKnown(known, context));
                out.accept(signal(fresh, count, known, usual));
            }
        }
        known.keep();
    }

    @Override
    public Closest closest(LookupWindow window) {
        List<AskedName> failed = window.failed();
        long weight = Variants.weight(failed, GeneratedNames::weight);
        return new Closest(
                100 * weight / WEIGHT,
                failed.size() + " registered domains that do not exist weigh " + hundredths(weight) + " of "
                        + hundredths(WEIGHT) + ", beside "
                        + window.answered().count() + " that do");
    }

    private static boolean isListed(NameQuery query, Context context) {
        Intelligence lists = context.intelligence();
        Match match = lists.size() == 0 ? null : lists.domain(query.name(), query.at());
        return match != null && match.fires();
    }

    /** Weight of a name by how generated its label looks; half, if only a name below it is known to be missing. */
    private static long weight(AskedName name) {
        int score = Math.clamp(NameModel.score(name.label()), LOWEST_SCORE, HIGHEST_SCORE);
        return LEAST_WEIGHT
                + (long) (score - LOWEST_SCORE) * (MOST_WEIGHT - LEAST_WEIGHT) / (HIGHEST_SCORE - LOWEST_SCORE);
    }

    /** The weight that a thousand answered names explain. */
    private static long usual(FailedNames known, Context context) {
        return isKnown(known, context)
                ? Math.max(LEAST_USUAL, TIMES_USUAL * known.usualWeightOfThousand())
                : UNKNOWN_USUAL;
    }

    private static boolean isKnown(FailedNames known, Context context) {
        Integer learn = context.learnDays();
        return known.days() >= (learn == null ? LEARN_DAYS : learn);
    }

    private static boolean isMore(long weight, long answered, long usual) {
        return weight >= WEIGHT + answered * usual / 1_000;
    }

    private static Signal signal(List<AskedName> fresh, long count, FailedNames known, long usual) {
        List<AskedName> names = new ArrayList<>(fresh);
        names.sort(Comparator.comparingLong((AskedName name) -> name.sample().at())
                .thenComparing(name -> name.sample().name()));
        List<NameQuery> records =
                names.stream().limit(MOST_RECORDS).map(AskedName::sample).toList();
        NameQuery last = records.getLast();
        long end = names.stream().mapToLong(AskedName::last).max().orElse(last.at());
        return NameSignal.of(TYPE, last)
                .window("generated/" + Math.floorDiv(last.at(), LookupWindow.SECONDS))
                .during(known.since(), end)
                .evidence(records)
                .fact(Signal.AMOUNT, count)
                .fact(Signal.AMOUNT_OF, "new domains that do not exist")
                .fact("names", known.failed())
                .fact("answered", known.answered())
                .additional("domain", records.getFirst().name())
                .additional("failedDomains", known.failed())
                .additional("answeredDomains", known.answered())
                .additional("weight", hundredths(known.weight()))
                .additional("weightExplained", hundredths(known.answered() * usual / 1_000))
                .additional("usualWeightOfHundredAnswered", hundredths(known.usualWeightOfThousand() / 10))
                .additional("daysOfHistory", known.days())
                .additional(
                        "namesSample",
                        names.stream()
                                .limit(MOST_SAMPLES)
                                .map(GeneratedNames::shown)
                                .toList())
                .additional("series", known.series())
                .build();
    }

    private static Doc shown(AskedName name) {
        return new Doc()
                .with("name", name.sample().name())
                .with("score", hundredths(NameModel.score(name.label())))
                .with("weight", hundredths(weight(name)));
    }

    private static double hundredths(long units) {
        return StrictMath.round(100 * (double) units / NameModel.UNIT) / 100.0;
    }
}
