package dev.tocsin.core.desk;

import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.Owner;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.desk.sequence.Sequences;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HabitSignal;
import dev.tocsin.core.detect.NewPeer;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.StolenCredentials;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.SignalDoc;
import dev.tocsin.core.finding.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The desk of one account: answers whose traffic a signal is about, from the account's inventory, and decides when it is
 * heard; {@link Speaker} makes findings of what is.
 */
public final class DeskFunction implements KeyedFunction<DeskElement> {

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
        Speaker speaker = new Speaker(types, hidden, watching, context, out);
        switch (element) {
            case DeskElement.Found found -> hear(found.signal(), context, speaker);
            case DeskElement.Summarised summarised -> new Groups(context).learn(summarised.day());
            case DeskElement.Learned learned -> speaker.learn(learned.fact());
        }
    }

    /** Speaks at once where nothing more can change the answer, else waits for the watermark. */
    private void hear(Signal signal, KeyContext context, Speaker speaker) {
        if (SequenceStep.is(signal)) {
            new Sequences(context, watching).note(signal);
            return;
        }
        Resolved about = new Resolver(new Inventory(context)).resolve(signal.subject(), signal.last());
        if (NewPeer.decides(signal.type())) {
            hearOfPeer(signal, about, context, speaker);
            return;
        }
        if (StolenCredentials.decides(signal.type())) {
            Signal theft = new CredentialPlaces(new Inventory(context)).answer(signal);
            if (theft != null) {
                speaker.speak(theft, new Resolver(new Inventory(context)).resolve(theft.subject(), theft.last()));
            }
            return;
        }
        HabitSignal habit = HabitSignal.of(signal);
        if (habit != null) {
            hearHabit(signal, habit, about, context, speaker);
            return;
        }
        switch (about.kind()) {
            case HOST -> {
                if (!(signal.subject() instanceof Subject.Known || signal.subject() instanceof Subject.Machine)) {
                    Heard.note(signal, context);
                }
                speaker.speak(signal, about);
            }
            case FUNCTIONS -> {
                Heard.note(signal, context);
                speakOfFunctions(signal, about, speaker);
            }
            case UNKNOWN -> {
                if (!waits(signal, signal.last(), context)) {
                    speaker.speak(signal, about);
                }
            }
            case BOX -> {
                if (!waits(signal, signal.last() + Heard.waitSeconds(signal), context)) {
                    speakOfBox(signal, about, context, speaker);
                }
            }
        }
    }

    /** A peer that hosts turn to regularly: news only where it is new to the account. */
    private void hearOfPeer(Signal signal, Resolved about, KeyContext context, Speaker speaker) {
        if (about.kind() == Resolved.Kind.BOX || about.kind() == Resolved.Kind.FUNCTIONS) {
            return;
        }
        NewPeers.note(signal, about.key(), context);
        if (signal.facts().containsKey(NewPeer.KNOWN)) {
            return;
        }
        if (!waits(signal, signal.last() + NewPeers.WAIT_SECONDS, context) && NewPeers.isNew(signal, context)) {
            speaker.speak(signal, about);
        }
    }

    /**
     * A habit's signal waits until the others of its group had time to show the same: what a middle box or a function does
     * is no host's habit.
     */
    private void hearHabit(Signal signal, HabitSignal habit, Resolved about, KeyContext context, Speaker speaker) {
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
            speaker.speak(signal, about);
            return;
        }
        List<String> hosts = Moves.together(signal.type().name(), group, habit, context);
        groups.moved(signal, habit, group, hosts);
        Signal told = GroupSignal.of(signal, group, hosts, about);
        speaker.speak(told, new Resolver(new Inventory(context)).resolve(told.subject(), told.last()));
    }

    private static boolean waits(Signal signal, long due, KeyContext context) {
        return context.watermark() < due && Pending.add(signal, due, context);
    }

    private void speakOfFunctions(Signal signal, Resolved about, Speaker speaker) {
        FindingType type = signal.subject() instanceof Subject.Interface host && host.onLambda() != null
                ? types.get(host.onLambda())
                : signal.type().resource() == FindingType.ResourceKind.LAMBDA ? signal.type() : null;
        if (type != null) {
            speaker.speak(signal.withType(type), about);
        }
    }

    /** A box is context of the host behind it; only where no host is known to be the subject it gets a finding. */
    private void speakOfBox(Signal signal, Resolved about, KeyContext context, Speaker speaker) {
        if (Heard.of(signal, context) || isMeantToBeReached(signal, about)) {
            return;
        }
        Signal behind = behind(signal, context);
        if (behind == null) {
            speaker.speak(signal, about);
        } else {
            hear(behind, context, speaker);
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

    @Override
    public void onTimer(long at, KeyContext host, Output out) {
        KeyContext context = new TimerContext(host, at);
        Speaker speaker = new Speaker(types, hidden, watching, context, out);
        for (Doc waiting : Pending.take(at, context)) {
            hear(SignalDoc.read(waiting, this::type), context, speaker);
        }
        Heard.forget(at, context);
        new Groups(context).onTimer(at);
        speaker.onTimer(at);
    }

    private FindingType type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }
}
