package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.lookup.Carrier;
import dev.tocsin.core.lookup.Distinct;
import dev.tocsin.core.lookup.LookupWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host remembers of domains below which it asks for encoded names: a day of each, beginning with its first window. */
final class Tunnels {

    /** Domains remembered; those with the fewest names go. Ours: bounded state. */
    static final int MOST = 8;

    /** How long one domain's windows add up, in seconds. Ours. */
    static final long SPAN_SECONDS = 86_400;

    /** Windows of a domain shown. Ours. */
    static final int MOST_POINTS = 24;

    /** Different answers that are told apart well. */
    private static final int MOST_ANSWERS = 2 * Carrier.ANSWER_BITS;

    private static final String NAME = "tunnels";
    private static final String DOMAINS = "domains";
    private static final String DOMAIN = "domain";
    private static final String FIRST = "first";
    private static final String NAMES = "names";
    private static final String ANSWERS = "answers";
    private static final String SERIES = "series";

    private final Detector detector;
    private final Context context;
    private final List<Doc> domains = new ArrayList<>();

    /**
     * How much a domain's names could carry.
     *
     * @param names different ones
     * @param answers different ones
     * @param queries in all
     * @param characters below the domain
     * @param forData queries of types that are asked for data
     * @param answered queries that were answered
     * @param answerCharacters of the first answers
     * @param first epoch seconds
     */
    record Load(
            long names,
            long answers,
            long queries,
            long characters,
            long forData,
            long answered,
            long answerCharacters,
            long first) {

        /** Of one window. */
        static Load of(Carrier carrier) {
            return new Load(
                    Math.min(carrier.queries(), carrier.names().count()),
                    Math.min(carrier.answered(), carrier.answers().count()),
                    carrier.queries(),
                    carrier.characters(),
                    carrier.forData(),
                    carrier.answered(),
                    carrier.answerCharacters(),
                    carrier.first());
        }

        /** Whether they are mostly asked for data and mostly answered each in its own way. */
        boolean isFetch() {
            return 2 * forData >= queries && 2 * answered >= queries && 2 * answers >= Math.min(names, MOST_ANSWERS);
        }

        /** Whether their answers hold more than what is told about a name. */
        boolean isDownload() {
            return isFetch() && answerCharacters >= LookupWindow.LONG_ANSWER * answered;
        }
    }

    private Tunnels(Detector detector, Context context) {
        this.detector = detector;
        this.context = context;
    }

    /** Those of {@code detector} at {@code now}, epoch seconds. */
    static Tunnels of(Detector detector, long now, Context context) {
        Tunnels tunnels = new Tunnels(detector, context);
        Doc known = context.recall(detector, NAME);
        if (known != null && known.get(DOMAINS) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Doc domain && domain.number(FIRST, 0) + SPAN_SECONDS > now) {
                    tunnels.domains.add(domain);
                }
            }
        }
        return tunnels;
    }

    /** Adds a window's names of a domain, and says what its day comes to. */
    Load add(Carrier carrier, long start) {
        Doc known = find(carrier.domain());
        Distinct names = Distinct.of(known.get(NAMES), Carrier.NAME_BITS);
        Distinct answers = Distinct.of(known.get(ANSWERS), Carrier.ANSWER_BITS);
        names.addAll(carrier.names());
        answers.addAll(carrier.answers());
        long queries = known.number("queries", 0) + carrier.queries();
        long answered = known.number("answered", 0) + carrier.answered();
        Load load = new Load(
                Math.min(queries, names.count()),
                Math.min(answered, answers.count()),
                queries,
                known.number("characters", 0) + carrier.characters(),
                known.number("forData", 0) + carrier.forData(),
                answered,
                known.number("answerCharacters", 0) + carrier.answerCharacters(),
                known.number(FIRST, carrier.first()));
        domains.remove(known);
        domains.add(new Doc()
                .with(DOMAIN, carrier.domain())
                .with(FIRST, load.first())
                .with(NAMES, names.toList())
                .with(ANSWERS, answers.toList())
                .with("queries", load.queries())
                .with("characters", load.characters())
                .with("forData", load.forData())
                .with("answered", load.answered())
                .with("answerCharacters", load.answerCharacters())
                .with(SERIES, longer(known.get(SERIES), start, carrier.names().count())));
        return load;
    }

    private static List<Object> longer(@Nullable Object series, long start, long names) {
        List<Object> points = new ArrayList<>();
        if (series instanceof List<?> list) {
            points.addAll(list);
        }
        points.add(NameTunnel.point(start, names));
        return points.size() > MOST_POINTS ? List.copyOf(points.subList(1, points.size())) : points;
    }

    private Doc find(String domain) {
        for (Doc known : domains) {
            if (domain.equals(known.text(DOMAIN))) {
                return known;
            }
        }
        return new Doc();
    }

    /** Names by window, of the last windows in which there were any. */
    List<?> series(String domain) {
        return find(domain).get(SERIES) instanceof List<?> points ? points : List.of();
    }

    /** Remembers them for the windows to come. */
    void keep() {
        if (domains.size() > MOST) {
            domains.sort(Comparator.comparingLong((Doc domain) ->
                            -Distinct.of(domain.get(NAMES), Carrier.NAME_BITS).count())
                    .thenComparing(domain -> String.valueOf(domain.text(DOMAIN))));
        }
        List<Doc> kept = domains.subList(0, Math.min(MOST, domains.size()));
        context.remember(detector, NAME, kept.isEmpty() ? null : new Doc().with(DOMAINS, List.copyOf(kept)));
    }
}
