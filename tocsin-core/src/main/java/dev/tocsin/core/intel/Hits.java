package dev.tocsin.core.intel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the entries that hold one value and makes their match; the closest value is given first. */
final class Hits {

    private static final Comparator<Hit> WEIGHT = Comparator.comparing(Hit::verdict)
            .thenComparing(hit -> hit.list().kind() != IndicatorList.Kind.OPERATOR_THREAT)
            .thenComparing(hit -> hit.indicator().port() == 0);

    /** Among equals: the freshest first, then by name, so that the order lists were loaded in does not show. */
    private static final Comparator<Hit> TIE = Comparator.comparingLong(Hit::lastSeen)
            .reversed()
            .thenComparing(hit -> hit.list().name())
            .thenComparing(hit -> hit.indicator().category())
            .thenComparing(hit -> hit.indicator().family(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingInt(hit -> hit.indicator().port());

    private final List<Hit> hits = new ArrayList<>();
    private final int port;
    private final long at;
    private boolean trusted;

    /** Gathers for an event at {@code at}, epoch seconds, with {@code port}, 0 if unknown. */
    Hits(int port, long at) {
        this.port = port;
        this.at = at;
    }

    /** Takes an entry; ports are compared where {@code ported}. */
    void add(Indicator entry, IndicatorList list, boolean ported) {
        boolean fits = !ported || entry.port() == 0 || entry.port() == port;
        if (list.trusted()) {
            trusted |= fits;
        } else {
            hits.add(new Hit(entry, list, fits ? Ageing.judge(entry, list, at) : Verdict.OTHER_PORT));
        }
    }

    boolean trusted() {
        return trusted;
    }

    /** The match, or null if no threat list holds the value. */
    @Nullable
    Match match() {
        if (hits.isEmpty()) {
            return null;
        }
        if (trusted) {
            hits.replaceAll(hit -> new Hit(hit.indicator(), hit.list(), Verdict.TRUSTED));
        }
        hits.sort(WEIGHT.thenComparing(closeness()).thenComparing(TIE));
        return new Match(List.copyOf(hits.subList(0, Math.min(hits.size(), Match.MAX_HITS))), trusted);
    }

    /** The longer of two names, or the narrower of two networks, first. */
    private static Comparator<Hit> closeness() {
        return Comparator.<Hit, Boolean>comparing(hit -> hit.indicator().kind() == Indicator.Kind.CIDR)
                .thenComparingInt(hit -> -width(hit.indicator()));
    }

    private static int width(Indicator entry) {
        String value = entry.value();
        return entry.kind() == Indicator.Kind.CIDR
                ? Integer.parseInt(value, value.indexOf('/') + 1, value.length(), 10)
                : value.length();
    }
}
