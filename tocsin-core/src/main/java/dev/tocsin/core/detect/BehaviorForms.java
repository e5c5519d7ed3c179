package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.identity.Feature;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.identity.Label;
import dev.tocsin.core.identity.Usual;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is usual and what is not, in GuardDuty's old form (additionalInfo, F92) and new (service.detection.anomaly, F93). */
final class BehaviorForms {

    private static final String BETWEEN = " , ";

    /** Values of a feature that are told with their days. */
    private static final int MOST_SHOWN = 5;

    private BehaviorForms() {}

    /** {@code profiledBehavior}: of each feature and scope what is rare, infrequent, frequent. */
    static Doc profiled(Usual usual) {
        Doc profiled = new Doc();
        for (Usual.Listing list : usual.lists()) {
            if (list.feature() != Feature.REGION) {
                for (Label label : List.of(Label.RARE, Label.INFREQUENT, Label.FREQUENT)) {
                    profiled.with(label.word() + "Profiled" + name(list), joined(list.feature(), list.texts(label)));
                }
            }
        }
        return profiled;
    }

    /** {@code unusualBehavior}: of each feature and scope what came and was not used before. */
    static Doc unusual(Usual usual, boolean identity) {
        Doc unusual = new Doc();
        for (Usual.Listing list : usual.lists()) {
            if (list.feature() != Feature.REGION) {
                unusual.with("unusual" + name(list), joined(list.feature(), list.unusual()));
            }
        }
        return unusual.with("isUnusualUserIdentity", Boolean.toString(identity));
    }

    private static String name(Usual.Listing list) {
        return list.feature().plural() + list.scope().suffix();
    }

    /** Networks stand apart by a blank alone, as in GuardDuty's findings. */
    private static String joined(Feature feature, List<String> texts) {
        return String.join(feature == Feature.NETWORK ? " " : BETWEEN, texts);
    }

    /**
     * {@code service.detection.anomaly}. GuardDuty's API model says what the maps hold, but not how their keys are called:
     * here by scope, then by feature, in the old form's words.
     */
    static Doc anomaly(Usual usual) {
        Map<String, Doc> profiles = new LinkedHashMap<>();
        Map<String, Doc> behavior = new LinkedHashMap<>();
        for (Usual.Listing list : usual.lists()) {
            List<Doc> labels = List.of(Label.FREQUENT, Label.INFREQUENT, Label.RARE).stream()
                    .filter(label -> !list.texts(label).isEmpty())
                    .map(label -> frequency(label, list.texts(label)))
                    .toList();
            if (!labels.isEmpty()) {
                profiles.computeIfAbsent(list.scope().suffix(), scope -> new Doc())
                        .with(list.feature().plural(), labels);
            }
            if (!list.unusual().isEmpty()) {
                behavior.computeIfAbsent(list.scope().suffix(), scope -> new Doc())
                        .with(list.feature().plural(), frequency(Label.UNSEEN, list.unusual()));
            }
        }
        return new Doc().with("profiles", doc(profiles)).with("unusual", new Doc().with("behavior", doc(behavior)));
    }

    /** What the identity mostly used, with days of the last month: {@code DescribeInstances (21) , ...}. */
    static Doc days(Usual usual) {
        Doc days = new Doc();
        for (Usual.Listing list : usual.lists()) {
            List<Usual.Used> used = list.usual().values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingInt((Usual.Used one) -> -one.days()))
                    .limit(MOST_SHOWN)
                    .toList();
            if (list.scope() == Usual.Scope.IDENTITY && !used.isEmpty()) {
                days.with(
                        list.feature().plural(),
                        used.stream()
                                .map(one -> one.text() + " (" + one.days() + ")")
                                .collect(Collectors.joining(BETWEEN)));
            }
        }
        return days;
    }

    /** The evidence by its parts, and of each way to a finding what there was and what it takes, in bits. */
    static Doc evidence(Judged judged) {
        return new Doc()
                .with(
                        "parts",
                        judged.parts().stream()
                                .map(part -> part.name() + " " + decimal(part.bits()))
                                .collect(Collectors.joining(BETWEEN)))
                .with(
                        "thresholds",
                        judged.channels().stream()
                                .map(channel -> channel.name() + " " + decimal(channel.bits()) + " of "
                                        + decimal(channel.threshold()))
                                .collect(Collectors.joining(BETWEEN)));
    }

    /** {@code number} with one decimal, as text. */
    static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static Doc frequency(Label label, List<String> texts) {
        return new Doc()
                .with("profileType", "FREQUENCY")
                .with("profileSubtype", label.name())
                .with("observations", new Doc().with("text", texts));
    }

    private static Doc doc(Map<String, Doc> members) {
        Doc doc = new Doc();
        members.forEach(doc::with);
        return doc;
    }
}
