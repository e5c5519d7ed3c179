package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.desk.sequence.Item.Kind;
import dev.tocsin.core.desk.sequence.Weights.Weight;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.Techniques;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.SequencePart;
import dev.tocsin.core.finding.SequencePart.Indicator;
import dev.tocsin.core.finding.SequencePart.SignalType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.ThreatMatch;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attack sequences of an account. Signals are findings that nobody suppressed, and calls that are unusual for their identity;
 * each waits until its minute is over, so that chains grow in the order of time.
 */
public final class Sequences {

    /** How long a host's finding waits besides, in seconds: windows of traffic are told when they are over. */
    static final long HOST_WAIT_SECONDS = 3_600;

    private final KeyContext context;
    private final Chains chains;
    private final @Nullable Consumer<ChainView> watching;

    /**
     * The sequences of the account that {@code context} stands for.
     *
     * @param watching is shown every chain whenever it took signals; null shows nobody
     */
    public Sequences(KeyContext context, @Nullable Consumer<ChainView> watching) {
        this.context = context;
        this.watching = watching;
        this.chains = new Chains(context);
    }

    /** Notes an unusual call, or one that made a credential or an identity. */
    public void note(Signal step) {
        if (step.facts().containsKey(SequenceStep.AUTHORIZED)) {
            return;
        }
        Waiting.add(
                new Step(
                        who(step),
                        credential(step),
                        SequenceStep.isMade(step) ? null : call(step),
                        SequenceStep.made(step),
                        step.detection().part("sequence"),
                        step.trigger(),
                        step.region(),
                        step.global(),
                        step.first()),
                step.last(),
                0,
                context);
    }

    private static Item call(Signal step) {
        String api = SequenceStep.api(step);
        return new Item(
                api,
                Kind.CALL,
                String.valueOf(step.facts().get(SequenceStep.TACTIC)),
                api.substring(0, Math.max(0, api.indexOf(':'))),
                api,
                SequenceStep.number(step, SequenceStep.BITS),
                SequenceStep.number(step, SequenceStep.NETWORK),
                SequenceStep.number(step, SequenceStep.AGENT),
                SequenceStep.number(step, SequenceStep.REGION),
                step.last(),
                SequenceStep.number(step, SequenceStep.COUNT));
    }

    /**
     * Notes that {@code signal} became part of the finding {@code arn}, which nobody suppressed.
     *
     * @param resource the finding's resource member
     * @param group the group of the host that it is about, or null if it is about credentials or a bucket
     */
    public void note(Signal signal, String arn, Doc resource, @Nullable String group) {
        boolean call = signal.facts().containsKey(Signal.ACTOR);
        Weight weight = call ? Weights.ofCall(signal) : Weights.ofHost(signal);
        if (weight == null || (!call && group == null) || signal.facts().containsKey(SequenceStep.AUTHORIZED)) {
            return;
        }
        Evidence trigger = signal.trigger();
        String api = SequenceStep.api(signal);
        Item item = new Item(
                arn,
                weight.kind(),
                weight.tactic(),
                weight.family(),
                api,
                weight.bits() * 1_000,
                0,
                0,
                0,
                signal.last(),
                1);
        Step step = new Step(
                call ? who(signal) : "host/" + group,
                call ? credential(signal) : "",
                item,
                List.of(),
                part(signal, arn, weight, resource).toDoc(),
                trigger,
                signal.region(),
                signal.global(),
                signal.first());
        Waiting.add(step, signal.last(), call ? 0 : HOST_WAIT_SECONDS, context);
    }

    private static SequencePart part(Signal signal, String arn, Weight weight, Doc resource) {
        FindingType type = signal.type();
        SequencePart part = new SequencePart(SignalType.FINDING, arn, type.name(), signal.first(), signal.last())
                .severity(signal.severity())
                .indicator(Indicator.ATTACK_TACTIC, weight.tactic())
                .indicator(Indicator.ATTACK_TECHNIQUE, Techniques.named(type.technique()))
                .about(resource, signal.account(), signal.region())
                .from(signal.action());
        for (ThreatMatch match : signal.matches()) {
            boolean name = match.entry().chars().anyMatch(letter -> letter >= 'g' && letter <= 'z');
            part.indicator(indicator(match.category(), name), name ? match.entry() : address(signal, match));
        }
        if (type.name().startsWith("PenTest:")) {
            part.indicator(
                    Indicator.SUSPICIOUS_USER_AGENT,
                    signal.action().part("awsApiCallAction").text("userAgent"));
        }
        return part;
    }

    private static Indicator indicator(String category, boolean name) {
        if (category.startsWith("tor")) {
            return Indicator.TOR_IP;
        }
        if (category.contains("mining") || category.contains("crypto")) {
            return name ? Indicator.CRYPTOMINING_DOMAIN : Indicator.CRYPTOMINING_IP;
        }
        return name ? Indicator.MALICIOUS_DOMAIN : Indicator.MALICIOUS_IP;
    }

    private static String address(Signal signal, ThreatMatch match) {
        String seen = signal.facts().get("address");
        return seen == null || seen.isEmpty() ? match.entry() : seen;
    }

    private static String who(Signal signal) {
        return String.valueOf(signal.facts().get(Signal.ACTOR));
    }

    private static String credential(Signal signal) {
        Evidence trigger = signal.trigger();
        String key = trigger == null ? null : trigger.fields().text("userIdentity.accessKeyId");
        return key == null ? "" : key;
    }

    /**
     * Lets the chains take what waited for {@code at}, and tells those that are sequences.
     *
     * @param account whose they are
     * @param told takes each sequence with its type
     * @param joins takes the ARN of each finding in a sequence, and that of the sequence
     */
    public void onTimer(
            long at, String account, BiConsumer<FindingEntry, FindingType> told, BiConsumer<String, String> joins) {
        TreeMap<String, Chain> touched = new TreeMap<>();
        for (Step step : Waiting.take(at, context)) {
            String name = chains.name(step);
            Chain chain = touched.get(name);
            if (chain == null || chain.last() + Chains.SPAN_SECONDS < step.first()) {
                chain = chains.open(name, step.first());
            }
            if (step.item() != null) {
                chain = chain == null ? new Chain() : chain;
                chain.add(step);
                touched.put(name, chain);
            }
            if (chain != null && !step.made().isEmpty()) {
                for (String made : step.made()) {
                    chains.makes(name, chain, made);
                }
                touched.put(name, chain);
            }
        }
        touched.forEach((name, chain) -> {
            if (chain.told() == null) {
                chain.forget(chain.last() - Chains.SPAN_SECONDS);
            }
            if (watching != null) {
                watching.accept(new ChainView(name, chain, Teller.isOfHosts(name)));
            }
            new Teller(account, name, chain).tell(told, joins);
            chains.keep(name, chain, at);
        });
        chains.onTimer(at);
    }
}
