package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A signal on its way into a chain, waiting for its minute to be over.
 *
 * @param who whose it is, see {@link dev.tocsin.core.finding.Signal#ACTOR}, or the group of a host
 * @param credential the access key it was done with, or empty
 * @param item what it weighs; null if it only says what was made
 * @param made access keys and ARNs of identities that it made
 * @param sequence its actors, resources, endpoints and signal
 * @param evidence its earliest record, or null
 * @param region the event's Region
 * @param global whether every enabled Region's detector reports it
 * @param first epoch seconds
 */
record Step(
        String who,
        String credential,
        @Nullable Item item,
        List<String> made,
        Doc sequence,
        @Nullable Evidence evidence,
        String region,
        boolean global,
        long first) {

    /** What tells it from others of its minute. */
    String name() {
        return who + "|" + credential + "|" + (item == null ? "" : item.uid());
    }

    /** Both as one, which shows the earlier of them; the same in any order. */
    Step merged(Step other) {
        Step earlier = order(this).compareTo(order(other)) <= 0 ? this : other;
        TreeSet<String> all = new TreeSet<>(made);
        all.addAll(other.made);
        Item one = item;
        Item another = other.item;
        Item both = one == null || another == null ? null : one.merged(another);
        return new Step(
                who,
                credential,
                both,
                List.copyOf(all),
                both == null ? earlier.sequence : counted(earlier.sequence, both),
                earlier.evidence,
                earlier.region,
                global || other.global,
                earlier.first);
    }

    /** {@code part} of one signal, met as often and until then as {@code item} says. */
    private static Doc counted(Doc part, Item item) {
        if (!(part.get("signals") instanceof List<?> signals) || !(signals.getFirst() instanceof Doc signal)) {
            return part;
        }
        Doc told = new Doc()
                .withAll(signal)
                .with("updatedAt", item.last() * 1_000)
                .with("lastSeenAt", item.last() * 1_000)
                .with("count", item.count());
        return new Doc().withAll(part).with("signals", List.of(told));
    }

    private static String order(Step step) {
        return String.format(Locale.ROOT, "%019d", step.first)
                + (step.evidence == null ? "" : step.evidence.recordId());
    }

    Doc toState() {
        Item weighed = item;
        Evidence record = evidence;
        return new Doc()
                .with("who", who)
                .with("credential", credential)
                .with("item", weighed == null ? null : weighed.toState())
                .with("made", made.isEmpty() ? null : made)
                .with("sequence", sequence)
                .with("evidence", record == null ? null : record.toState())
                .with("region", region)
                .with("global", global ? true : null)
                .with("first", first);
    }

    static Step of(Doc state) {
        Doc item = state.at("item");
        Doc evidence = state.at("evidence");
        return new Step(
                String.valueOf(state.text("who")),
                String.valueOf(state.text("credential")),
                item == null ? null : Item.of(item),
                texts(state, "made"),
                state.part("sequence"),
                evidence == null ? null : Evidence.fromState(evidence),
                String.valueOf(state.text("region")),
                state.get("global") != null,
                state.number("first", 0));
    }

    static List<String> texts(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
