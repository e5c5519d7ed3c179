package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.Owner;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.desk.sequence.Sequences;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HabitSignal;
import dev.tocsin.core.detect.ListedName;
import dev.tocsin.core.detect.NewPeer;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.StolenCredentials;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.SignalDoc;
import dev.tocsin.core.finding.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The desk of one account: merges signals into findings, the same whatever the order they come in, and answers whose
 * traffic it is from the account's inventory.
 */
public final class DeskFunction implements KeyedFunction<DeskElement> {

    /** How long after its last signal a finding's id goes on, in seconds of event time: GuardDuty's 90 days (F29). */
    static final long LIFE_SECONDS = 90L * 24 * 60 * 60;

    /** The findings of an account by id. */
    public static final StateKind<FindingEntry> FINDINGS = new StateKind<>("findings", 1, new StateKind.Codec<>() {
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

    /** A desk for all types there are, where nothing is suppressed. */
    public DeskFunction() {
        this(Detectors.types(), finding -> false, null);
    }

    /**
     * A desk for {@code types}, by name.
     *
     * @param hidden what is suppressed or switched off, and so is no signal of a sequence
     * @param watching is shown every chain of signals as it grows; null shows nobody
     */
    public DeskFunction(
            Map<String, FindingType> types, Predicate<FindingState> hidden, @Nullable Consumer<ChainView> watching) {
        this.types = types;
        this.hidden = hidden;
        this.watching = watching;
    }

    /** The key of {@code element}. */
    public static String key(DeskElement element) {
        return element.account();
    }

    @Override
    public void onElement(DeskElement element, KeyContext context, Output out) {
        switch (element) {
            case DeskElement.Found found -> hear(found.signal(), context, out);
            case DeskElement.Summarised summarised -> new Groups(context).learn(summarised.day());
            case DeskElement.Learned learned -> learn(learned.fact(), context, out);
        }
    }

    /** Speaks at once where nothing more can change the answer, else waits for the watermark. */
    private void hear(Signal signal, KeyContext context, Output out) {
        if (SequenceStep.is(signal)) {
            new Sequences(context, watching).note(signal);
            return;
        }
        Resolved about = new Resolver(new Inventory(context)).resolve(signal.subject(), signal.last());
        if (NewPeer.decides(signal.type())) {
            hearOfPeer(signal, about, context, out);
            return;
        }
        if (StolenCredentials.decides(signal.type())) {
            Signal theft = new CredentialPlaces(new Inventory(context)).answer(signal);
            if (theft != null) {
                speak(theft, new Resolver(new Inventory(context)).resolve(theft.subject(), theft.last()), context, out);
            }
            return;
        }
        HabitSignal habit = HabitSignal.of(signal);
        if (habit != null) {
            hearHabit(signal, habit, about, context, out);
            return;
        }
        switch (about.kind()) {
            case HOST -> {
                if (!(signal.subject() instanceof Subject.Known || signal.subject() instanceof Subject.Machine)) {
                    Heard.note(signal, context);
                }
                speak(signal, about, context, out);
            }
            case FUNCTIONS -> {
                Heard.note(signal, context);
                speakOfFunctions(signal, about, context, out);
            }
            case UNKNOWN -> {
                if (!waits(signal, signal.last(), context)) {
                    speak(signal, about, context, out);
                }
            }
            case BOX -> {
                if (!waits(signal, signal.last() + Heard.waitSeconds(signal), context)) {
                    speakOfBox(signal, about, context, out);
                }
            }
        }
    }

    /** A peer that hosts turn to regularly: news only where it is new to the account. */
    private void hearOfPeer(Signal signal, Resolved about, KeyContext context, Output out) {
        if (about.kind() == Resolved.Kind.BOX || about.kind() == Resolved.Kind.FUNCTIONS) {
            return;
        }
        NewPeers.note(signal, about.key(), context);
        if (signal.facts().containsKey(NewPeer.KNOWN)) {
            return;
        }
        if (!waits(signal, signal.last() + NewPeers.WAIT_SECONDS, context) && NewPeers.isNew(signal, context)) {
            speak(signal, about, context, out);
        }
    }

    /**
     * A habit's signal waits until the others of its group had time to show the same: what a middle box or a function does
     * is no host's habit.
     */
    private void hearHabit(Signal signal, HabitSignal habit, Resolved about, KeyContext context, Output out) {
        if (about.kind() != Resolved.Kind.HOST && about.kind() != Resolved.Kind.UNKNOWN) {
            return;
        }
        Groups groups = new Groups(context);
        groups.note(signal, habit, about.key());
        if (waits(signal, Groups.due(signal, habit), context) || !groups.isUnusual(signal, habit, about.key())) {
            return;
        }
        String group = groups.movedTogether(signal, habit, about.key());
        if (group == null) {
            groups.dispute(signal, habit, about.key());
            speak(signal, about, context, out);
            return;
        }
        List<String> hosts = Moves.together(signal.type().name(), group, habit, context);
        groups.moved(signal, habit, group, hosts);
        Signal told = GroupSignal.of(signal, group, hosts, about);
        speak(told, new Resolver(new Inventory(context)).resolve(told.subject(), told.last()), context, out);
    }

    private static boolean waits(Signal signal, long due, KeyContext context) {
        return context.watermark() < due && Pending.add(signal, due, context);
    }

    private void speakOfFunctions(Signal signal, Resolved about, KeyContext context, Output out) {
        FindingType type = signal.subject() instanceof Subject.Interface host && host.onLambda() != null
                ? types.get(host.onLambda())
                : signal.type().resource() == FindingType.ResourceKind.LAMBDA ? signal.type() : null;
        if (type != null) {
            speak(signal.withType(type), about, context, out);
        }
    }

    /** A box is context of the host behind it; only where no host is known to be the subject it gets a finding. */
    private void speakOfBox(Signal signal, Resolved about, KeyContext context, Output out) {
        if (Heard.of(signal, context) || isMeantToBeReached(signal, about)) {
            return;
        }
        Signal behind = behind(signal, context);
        if (behind == null) {
            speak(signal, about, context, out);
        } else {
            hear(behind, context, out);
        }
    }

    /** Balancers and endpoints are there to be reached, and a gateway drops what nobody asked for: no host is a target. */
    private static boolean isMeantToBeReached(Signal signal, Resolved about) {
        return signal.role() == FindingType.Role.TARGET
                && !"unknown".equals(about.marks().text("owner"));
    }

    /** {@code signal} of the instance whose packets went through the box, where the record shows its address. */
    private static @Nullable Signal behind(Signal signal, KeyContext context) {
        if (!(signal.subject() instanceof Subject.Interface box)) {
            return null;
        }
        Owner owner = new Inventory(context).ownerOfAddress(box.vpcId(), box.address(), signal.last());
        return owner instanceof Owner.Instance instance
                ? signal.withSubject(new Subject.Interface(
                        box.interfaceId(), instance.id(), box.vpcId(), box.subnetId(), box.address(), box.onLambda()))
                : null;
    }

    private void speak(Signal signal, Resolved about, KeyContext context, Output out) {
        if (signal.provisionalUntil() != null) {
            Signal told = signal.withoutOrder().withFact("host", about.name());
            speakEarly(told, signal.provisionalUntil(), about, context, out);
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
                long begun = rollUps(context, out).admit(told, id, about);
                if (begun == RollUps.ROLLED_UP) {
                    return;
                }
                revision = Math.max(revision, begun);
            }
            if (!fresh && entry != null && told.first() < entry.first()) {
                rollUps(context, out).moved(told, id, entry.first());
            }
        }
        if (fresh || entry == null) {
            entry = FindingEntry.started(id, told, revision);
        }
        if (listed == ListedNames.Verdict.BECAME_MANY) {
            gather(entry, signal, about, context, out);
        }
        boolean shown = early != null && early.settle(told, id);
        if (early != null) {
            entry.follows(early.shown(id));
        }
        entry.add(told, about.resource(), about.marks());
        context.put(FINDINGS, id, entry);
        about.entities().forEach(entity -> About.note(entity, id, context));
        FindingEntry all = early == null ? entry : early.over(entry);
        FindingState state = state(all, told.type(), marks(about, told.type(), context));
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
    private void speakEarly(Signal signal, long due, Resolved about, KeyContext context, Output out) {
        String id = id(signal.type(), signal, about);
        FindingEntry entry = context.get(FINDINGS, id);
        Provisional early = new Provisional(context, this::type);
        if (early.add(signal, due, id, about)) {
            out.finding(state(early.with(entry, id), signal.type(), new Doc()));
        }
    }

    /** Shows the finding without the signals that proved wrong, which {@code was} is made of. */
    private void takeBack(FindingEntry was, Provisional early, KeyContext context, Output out) {
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
    private void join(String arn, String sequence, KeyContext context, Output out) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        FindingEntry entry = context.get(FINDINGS, id);
        FindingType type = entry == null ? null : types.get(entry.type());
        if (entry != null && type != null && entry.joins(sequence)) {
            Resolved about = new Resolver(new Inventory(context)).resolve(entry.subject(), entry.last());
            context.put(FINDINGS, id, entry);
            out.finding(state(entry, type, marks(about, type, context)));
        }
    }

    private static String id(FindingType type, Signal signal, Resolved about) {
        return Hash.id(type.name(), signal.account(), signal.region(), about.key(), signal.aggregation());
    }

    private static Doc marks(Resolved about, FindingType type, KeyContext context) {
        return type.equals(ListedName.MANY)
                ? new Doc().with("listedTypes", ListedNames.types(about.key(), context))
                : new Doc();
    }

    /** Takes the findings of a host's listed names into the one that stands for them from now on. */
    private static void gather(FindingEntry many, Signal signal, Resolved about, KeyContext context, Output out) {
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

    private RollUps rollUps(KeyContext context, Output out) {
        return new RollUps(context, (entry, marks) -> out.finding(state(entry, type(entry.type()), marks)));
    }

    private void learn(InventoryFact fact, KeyContext context, Output out) {
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
                out.finding(state(entry, type, marks(about, type, context)));
            }
        }
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

    @Override
    public void onTimer(long at, KeyContext host, Output out) {
        KeyContext context = new TimerContext(host, at);
        for (Doc waiting : Pending.take(at, context)) {
            hear(SignalDoc.read(waiting, this::type), context, out);
        }
        Provisional early = new Provisional(context, this::type);
        early.onTimer(at, was -> takeBack(was, early, context, out));
        rollUps(context, out).onTimer(at, context.key());
        Heard.forget(at, context);
        new Groups(context).onTimer(at);
        new Sequences(context, watching)
                .onTimer(
                        at,
                        context.key(),
                        (entry, type) -> out.finding(state(entry, type, new Doc())),
                        (arn, sequence) -> join(arn, sequence, context, out));
    }

    private FindingType type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }
}
