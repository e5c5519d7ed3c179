package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How near a chain came to being a sequence when it took its latest signal: what {@code explain --why-not} says. */
public final class ChainView {

    private final String name;
    private final long last;
    private final boolean hosts;
    private final Likelihood likelihood;
    private final boolean strong;
    private final List<String> signals;
    private final Set<String> names;

    ChainView(String name, Chain chain, boolean hosts) {
        this.name = name;
        this.last = chain.last();
        this.hosts = hosts;
        this.likelihood = Likelihood.of(chain.items());
        this.strong = chain.items().stream().anyMatch(Likelihood::isStrongOfHost);
        this.signals = chain.sequence().signals().stream().map(ChainView::line).toList();
        this.names = names(chain.sequence().toState());
        names.add(name);
    }

    private static String line(Doc signal) {
        return Times.isoMillis(signal.number("firstSeenAt", 0)).substring(0, 19) + "Z " + signal.text("name");
    }

    private static Set<String> names(Doc sequence) {
        Set<String> names = new TreeSet<>();
        docs(sequence, "actors").forEach(actor -> {
            Doc user = actor.part("user");
            List.of("uid", "name", "credentialUid").forEach(member -> names.add(String.valueOf(user.text(member))));
            names.add(String.valueOf(actor.part("session").text("issuer")));
        });
        docs(sequence, "resources").forEach(resource -> {
            names.add(String.valueOf(resource.text("uid")));
            names.add(String.valueOf(resource.text("name")));
        });
        docs(sequence, "endpoints").forEach(endpoint -> names.add(String.valueOf(endpoint.text("id"))));
        return names;
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }

    /** Whether it is about {@code who}: an ARN, principal id, key, user name, address, instance or group. */
    public boolean isAbout(String who) {
        return names.contains(who) || name.endsWith("/" + who);
    }

    /** Epoch seconds of its latest signal. */
    public long last() {
        return last;
    }

    /** Its bits of evidence. */
    public double bits() {
        return likelihood.bits();
    }

    /** The conditions of a sequence in order, with what was found. */
    public List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(
                new Condition(!signals.isEmpty(), "there are signals within 24 hours", String.join("; ", signals)));
        if (hosts) {
            conditions.add(new Condition(
                    strong,
                    "one of them has " + Likelihood.HOST_STRONG_BITS + " bits by itself",
                    strong ? "yes" : "none"));
        } else {
            conditions.add(new Condition(
                    likelihood.context() + likelihood.clues() >= Likelihood.OUTSIDE_BITS,
                    "something points outside: " + Likelihood.OUTSIDE_BITS
                            + " bits of network, tool and Region of unusual calls, or of clues",
                    "place and tool " + rounded(likelihood.context()) + ", clues " + rounded(likelihood.clues())));
        }
        conditions.add(new Condition(
                likelihood.tacticsThatCount() >= Likelihood.LEAST_TACTICS,
                Likelihood.LEAST_TACTICS + " tactics have " + Likelihood.TACTIC_BITS + " bits each",
                tactics()));
        int least = hosts ? Likelihood.HOST_BITS : Likelihood.LEAST_BITS;
        conditions.add(new Condition(
                likelihood.bits() >= least, "all together " + least + " bits", rounded(likelihood.bits()) + " bits"));
        return conditions;
    }

    private String tactics() {
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, Double> tactic : likelihood.tactics().entrySet()) {
            told.add(tactic.getKey() + " " + rounded(tactic.getValue()));
        }
        return told.isEmpty() ? "none: no unusual call came from outside" : String.join(", ", told);
    }

    private static String rounded(double bits) {
        return String.format(Locale.ROOT, "%.1f", bits);
    }
}
