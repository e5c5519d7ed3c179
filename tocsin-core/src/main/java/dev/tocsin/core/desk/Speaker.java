package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.desk.sequence.Sequences;
import dev.tocsin.core.detect.ListedName;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes findings of signals: merges each into the finding of what it is about, the same whatever the order they come in, and
 * shows what is new. Words that may be taken back, roll-ups and sequences are made here too.
 */
final class Speaker {

    /** How long after its last signal a finding's id goes on, in seconds of event time: GuardDuty's 90 days (F29). */
    static final long LIFE_SECONDS = 90L * 24 * 60 * 60;

    /** The findings of an account by id. */
    static final StateKind<FindingEntry> FINDINGS = new StateKind<>("findings", 1, new StateKind.Codec<>() {
        @Override
        public void write(FindingEntry entry, JsonGenerator out) throws IOException {
            entry.write(out);
        }

        @Override
        public FindingEntry read(JsonParser in, int version) throws IOException {
            return FindingEntry.read(in);
        }
    });

    private final Map<String, FindingType> types;
    private final Predicate<FindingState> hidden;
    private final @Nullable Consumer<ChainView> watching;
    private final KeyContext context;
    private final Output out;

    /**
     * For one call of the desk.
     *
     * @param types all there are, by name
     * @param hidden what is no signal of a sequence
     * @param watching is shown every chain of signals as it grows; null shows nobody
     */
    Speaker(
            Map<String, FindingType> types,
            Predicate<FindingState> hidden,
            @Nullable Consumer<ChainView> watching,
            KeyContext context,
            Output out) {
        this.types = types;
        this.hidden = hidden;
        this.watching = watching;
        this.context = context;
        this.out = out;
    }

    /** Merges {@code signal} into the finding of what it is about, and shows that. */
    void speak(Signal signal, Resolved about) {
        if (signal.provisionalUntil() != null) {
            Signal told = signal.withoutOrder().withFact("host", about.name());
            speakEarly(told, signal.provisionalUntil(), about);
            return;
        }
        Provisional early = signal.isInOrder() ? new Provisional(context, this::type) : null;
        Signal told = (early == null ? signal : signal.withoutOrder()).withFact("host", about.name());
        ListedNames.Verdict listed = ListedNames.note(told, about.key(), context);
        if (listed != ListedNames.Verdict.FEW) {
            told = told.asPartOf(ListedName.MANY);
        }
        String id = id(told.type(), told, about);
        FindingEntry entry = context.get(FINDINGS, id);
        if (entry != null && told.last() + LIFE_SECONDS < entry.first()) {
            return; // of a life that has ended: what it said then is in the store
        }
        boolean fresh = entry == null || entry.last() + LIFE_SECONDS < told.first();
        long revision = entry == null ? 0 : entry.revision();
        if (RollUps.limits(told)) {
            if (fresh) {
                long begun = rollUps().admit(told, id, about);
                if (begun == RollUps.ROLLED_UP) {
                    return;
                }
                revision = Math.max(revision, begun);
            }
            if (!fresh && entry != null && told.first() < entry.first()) {
                rollUps().moved(told, id, entry.first());
            }
        }
        if (fresh || entry == null) {
            entry = FindingEntry.started(id, told, revision);
        }
        if (listed == ListedNames.Verdict.BECAME_MANY) {
            gather(entry, signal, about);
        }
        boolean shown = early != null && early.settle(told, id);
        if (early != null) {
            entry.follows(early.shown(id));
        }
        entry.add(told, about.resource(), about.marks());
        context.put(FINDINGS, id, entry);
        about.entities().forEach(entity -> About.note(entity, id, context));
        FindingEntry all = early == null ? entry : early.over(entry);
        FindingState state = state(all, told.type(), marks(about, told.type()));
        if (!shown) {
            out.finding(state);
        }
        if (!hidden.test(state)) {
            String arn =
                    FindingDocument.arn(told.account(), told.region(), detectorId(told.account(), told.region()), id);
            String group =
                    about.kind() == Resolved.Kind.HOST ? new Groups(context).closest(about.key(), told.last()) : null;
            new Sequences(context, watching).note(told, arn, about.resource(), group);
        }
    }

    /** Shows a signal that may still be taken back, with the finding it belongs to; it counts for nothing else. */
    private void speakEarly(Signal signal, long due, Resolved about) {
        String id = id(signal.type(), signal, about);
        FindingEntry entry = context.get(FINDINGS, id);
        Provisional early = new Provisional(context, this::type);
        if (early.add(signal, due, id, about)) {
            out.finding(state(early.with(entry, id), signal.type(), new Doc()));
        }
    }

    /** Shows the finding without the signals that proved wrong, which {@code was} is made of. */
    private void takeBack(FindingEntry was, Provisional early) {
        FindingEntry entry = context.get(FINDINGS, was.id());
        FindingType type = type(was.type());
        if (early.has(was.id())) {
            out.finding(state(early.with(entry, was.id()), type, new Doc()));
        } else if (entry != null) {
            out.finding(state(FindingEntry.copy(entry, was.revision()), type, new Doc()));
        } else {
            was.touch();
            out.finding(state(was, type, new Doc().with(FindingState.WITHDRAWN, true)));
        }
    }

    /** Notes in the finding {@code arn} that it is part of {@code sequence}. */
    private void join(String arn, String sequence) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        FindingEntry entry = context.get(FINDINGS, id);
        FindingType type = entry == null ? null : types.get(entry.type());
        if (entry != null && type != null && entry.joins(sequence)) {
            Resolved about = new Resolver(new Inventory(context)).resolve(entry.subject(), entry.last());
            context.put(FINDINGS, id, entry);
            out.finding(state(entry, type, marks(about, type)));
        }
    }

    private static String id(FindingType type, Signal signal, Resolved about) {
        return Hash.id(type.name(), signal.account(), signal.region(), about.key(), signal.aggregation());
    }

    private Doc marks(Resolved about, FindingType type) {
        return type.equals(ListedName.MANY)
                ? new Doc().with("listedTypes", ListedNames.types(about.key(), context))
                : new Doc();
    }

    /** Takes the findings of a host's listed names into the one that stands for them from now on. */
    private void gather(FindingEntry many, Signal signal, Resolved about) {
        for (FindingType type : ListedName.LISTED) {
            FindingEntry one = context.get(FINDINGS, id(type, signal, about));
            if (one != null) {
                many.merge(one);
                one.touch();
                context.remove(FINDINGS, one.id());
                out.finding(state(one, type, new Doc().with("foldedInto", many.id())));
            }
        }
    }

    private RollUps rollUps() {
        return new RollUps(context, (entry, marks) -> out.finding(state(entry, type(entry.type()), marks)));
    }

    /** Learns {@code fact}, and shows the findings that it tells more of. */
    void learn(InventoryFact fact) {
        Inventory inventory = new Inventory(context);
        if (!inventory.learn(fact)) {
            return;
        }
        for (String id : About.of(fact.id(), context)) {
            FindingEntry entry = context.get(FINDINGS, id);
            FindingType type = entry == null ? null : types.get(entry.type());
            if (entry == null || type == null) {
                continue;
            }
            Resolved about = new Resolver(inventory).resolve(entry.subject(), entry.last());
            if (entry.enrich(about.resource(), about.marks())) {
                context.put(FINDINGS, id, entry);
                about.entities().forEach(entity -> About.note(entity, id, context));
                out.finding(state(entry, type, marks(about, type)));
            }
        }
    }

    /** Shows what changes because it is {@code at}: words that were taken back, roll-ups, sequences. */
    void onTimer(long at) {
        Provisional early = new Provisional(context, this::type);
        early.onTimer(at, was -> takeBack(was, early));
        rollUps().onTimer(at, context.key());
        new Sequences(context, watching)
                .onTimer(at, context.key(), (entry, type) -> out.finding(state(entry, type, new Doc())), this::join);
    }

    private FindingType type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    private static FindingState state(FindingEntry entry, FindingType type, Doc marks) {
        return FindingState.of(
                entry,
                FindingState.isOut(marks),
                () -> FindingDocument.export(entry, type, detectorId(entry.account(), entry.region()), marks));
    }

    private static String detectorId(String account, String region) {
        return FindingDocument.detectorId(account, region);
    }
}
