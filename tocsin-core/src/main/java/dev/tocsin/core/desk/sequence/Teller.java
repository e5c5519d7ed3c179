package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.detect.AttackSequences;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Tells a chain as a finding, if it is a sequence. */
final class Teller {

    private static final String HOSTS = "host/";
    private static final String S3 = "s3";
    private static final Set<String> DATA_TACTICS = Set.of("Exfiltration", "Impact");

    /** Calls that open a bucket or let its objects expire, filed under another tactic. */
    private static final Set<String> OPENING = Set.of(
            "s3:DeleteBucketPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock",
            "s3:DeleteAccountPublicAccessBlock",
            "s3:PutAccountPublicAccessBlock",
            "s3:DeleteBucketPolicy",
            "s3:PutBucketLifecycle",
            "s3:PutBucketLifecycleConfiguration");

    private final String account;
    private final String name;
    private final Chain chain;

    Teller(String account, String name, Chain chain) {
        this.account = account;
        this.name = name;
        this.chain = chain;
    }

    void tell(BiConsumer<FindingEntry, FindingType> told, BiConsumer<String, String> joins) {
        Likelihood likelihood = Likelihood.of(chain.items());
        boolean hosts = isOfHosts(name);
        boolean sequence = hosts ? likelihood.isSequenceOfHosts(chain.items()) : likelihood.isSequence();
        if (chain.told() == null && !sequence) {
            return;
        }
        FindingType type =
                hosts ? AttackSequences.HOSTS : touchesBuckets() ? AttackSequences.DATA : AttackSequences.CREDENTIALS;
        Chain.Told now = next(type);
        chain.tell(now);
        FindingType own = AttackSequences.of(now.type());
        FindingEntry entry =
                FindingEntry.started(now.id(), now.type(), account, now.region(), chain.global(), now.revision() - 1);
        entry.add(
                signal(own, now, likelihood),
                new Doc().with("resourceType", own.resource().wire()),
                marks(likelihood));
        entry.counted(now.revision());
        entry.setMoreSequenceTypes(now.more());
        told.accept(entry, own);
        String arn =
                FindingDocument.arn(account, now.region(), FindingDocument.detectorId(account, now.region()), now.id());
        chain.sequence().signals().stream()
                .filter(signal -> "FINDING".equals(signal.text("type")))
                .forEach(signal -> joins.accept(String.valueOf(signal.text("uid")), arn));
    }

    /** Whether the chain {@code name} is one of hosts. */
    static boolean isOfHosts(String name) {
        return name.startsWith(HOSTS);
    }

    private Chain.Told next(FindingType type) {
        Chain.Told before = chain.told();
        if (before == null) {
            String start = String.valueOf(chain.sequence().signals().getFirst().number("firstSeenAt", 0));
            String id = Hash.id(type.name(), account, name, start);
            return new Chain.Told(type.name(), id, 1, chain.region(), List.of());
        }
        List<String> more = new ArrayList<>(before.more());
        if (!type.name().equals(before.type()) && type.equals(AttackSequences.DATA) && more.isEmpty()) {
            more.add(type.name());
        }
        return new Chain.Told(before.type(), before.id(), before.revision() + 1, before.region(), List.copyOf(more));
    }

    /** Whether data in buckets is taken, destroyed or laid open: calls that do so, findings about them, or use of objects. */
    private boolean touchesBuckets() {
        return chain.items().stream()
                .anyMatch(item -> item.milliBits() > 0
                        && (item.family().equals(S3) || item.api().startsWith(S3 + ":"))
                        && (DATA_TACTICS.contains(item.tactic()) || OPENING.contains(item.api())));
    }

    private Signal signal(FindingType type, Chain.Told now, Likelihood likelihood) {
        List<Doc> signals = chain.sequence().signals();
        long first = Math.floorDiv(signals.getFirst().number("firstSeenAt", 0), 1_000);
        Story story = new Story(chain.sequence(), account, first, chain.last());
        Map<String, String> facts = new HashMap<>(Map.of(
                "story",
                story.text(type),
                "actor",
                story.actor(),
                Signal.AMOUNT,
                String.valueOf(signals.size()),
                Signal.AMOUNT_OF,
                "signals"));
        facts.put("bits", String.format(Locale.ROOT, "%.1f", likelihood.bits()));
        return new Signal(
                type,
                account,
                now.region(),
                new Subject.Known(name, new Doc()),
                "",
                now.id() + "/" + now.revision(),
                first,
                chain.last(),
                type.severity(),
                type.role(),
                new Doc(),
                new Doc(),
                List.of(),
                facts,
                chain.records(),
                new Doc().with("sequence", chain.sequence().toState()),
                chain.global());
    }

    /** What the verdict rests on, for {@code tocsin explain}. */
    private static Doc marks(Likelihood likelihood) {
        Doc tactics = new Doc();
        likelihood.tactics().forEach((tactic, bits) -> tactics.with(tactic, rounded(bits)));
        return new Doc()
                .with(
                        "sequence",
                        new Doc()
                                .with("bits", rounded(likelihood.bits()))
                                .with("contextBits", rounded(likelihood.context()))
                                .with("clueBits", rounded(likelihood.clues()))
                                .with("tacticBits", tactics));
    }

    private static double rounded(double bits) {
        return Math.round(bits * 10) / 10.0;
    }
}
