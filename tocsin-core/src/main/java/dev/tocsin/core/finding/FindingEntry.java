package dev.tocsin.core.finding;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finding in the making: what all its signals add up to. Merging is commutative: sums, earliest and latest, the first
 * and last records, and the details of the latest signal.
 */
public final class FindingEntry {

    /** Records kept from each end of the finding's time (design: Order). */
    public static final int EVIDENCE_EACH_END = 10;

    private static final Comparator<Doc> LATEST = Comparator.<Doc>comparingLong(details -> details.number("last", 0))
            .thenComparing(details -> String.valueOf(details.text("recordId")));

    private final Doc fixed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long count;
    private double severity;
    private long revision;
    private long findings;
    private @Nullable String attackSequence;
    private List<String> moreSequenceTypes = List.of();
    private Doc latest = new Doc();
    private final Probes probes = new Probes();
    private final Activity activity = new Activity();
    private final Sequence sequence = new Sequence();
    private final List<Evidence> earliestRecords = new ArrayList<>();
    private final List<Evidence> latestRecords = new ArrayList<>();

    private FindingEntry(Doc fixed) {
        this.fixed = fixed;
    }

    /**
     * An entry without signals for the finding {@code id} of {@code signal}.
     *
     * @param revision of the finding that had this id before, or 0: a store takes only what is newer
     */
    public static FindingEntry started(String id, Signal signal, long revision) {
        return started(id, signal.type().name(), signal.account(), signal.region(), signal.global(), revision);
    }

    /** The same where no signal stands for it alone. */
    public static FindingEntry started(
            String id, String type, String account, String region, boolean global, long revision) {
        FindingEntry entry = new FindingEntry(new Doc()
                .with("id", id)
                .with("type", type)
                .with("account", account)
                .with("region", region)
                .with("global", global));
        entry.revision = revision;
        return entry;
    }

    /** The same as {@code entry}, shown after {@code revision}. */
    public static FindingEntry copy(FindingEntry entry, long revision) {
        FindingEntry copy = new FindingEntry(entry.fixed);
        copy.revision = revision;
        copy.merge(entry);
        copy.findings = entry.findings;
        copy.moreSequenceTypes = entry.moreSequenceTypes;
        return copy;
    }

    /**
     * Says anew what the latest signal is about, once the desk knows more; whether that changed anything.
     *
     * @param marks members of {@code tocsin} that say whose it is and what is not known
     */
    public boolean enrich(Doc resource, Doc marks) {
        if (resource.equals(latest.get("resource")) && marks.equals(latest.part("marks"))) {
            return false;
        }
        latest = new Doc().withAll(latest).with("resource", resource).with("marks", marks);
        revision++;
        return true;
    }

    /** Adds all that {@code other} has. */
    public void merge(FindingEntry other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        count += other.count;
        revision++;
        severity = Math.max(severity, other.severity);
        if (latest.isEmpty() || LATEST.compare(other.latest, latest) > 0) {
            latest = other.latest;
        }
        probes.addAll(other.probes);
        activity.addAll(other.activity);
        sequence.add(other.sequence.toState());
        attackSequence = attackSequence == null ? other.attackSequence : attackSequence;
        other.records().forEach(this::keep);
    }

    /** How many findings it stands for: 0 for one that stands for itself. */
    public long findings() {
        return findings;
    }

    /** See {@link #findings}. */
    public void setFindings(long number) {
        findings = number;
    }

    /** Raises the revision: what is shown changed, though no signal came. */
    public void touch() {
        revision++;
    }

    /** Sees to it that what is shown next is newer than {@code shown}. */
    public void follows(long shown) {
        revision = Math.max(revision, shown);
    }

    /** What the latest signal asked the desk about. */
    public Subject subject() {
        return SignalDoc.subject(latest.part("subject"));
    }

    /** Adds {@code signal}, about {@code resource} as the desk knows it, with {@code marks} as in {@link #enrich}. */
    public void add(Signal signal, Doc resource, Doc marks) {
        first = Math.min(first, signal.first());
        last = Math.max(last, signal.last());
        count++;
        revision++;
        severity = Math.max(severity, signal.severity());
        Doc details = details(signal, resource).with("marks", marks);
        if (latest.isEmpty() || LATEST.compare(details, latest) > 0) {
            latest = details;
        }
        probes.add(signal.action(), signal.last());
        activity.add(signal.last(), signal.amount());
        sequence.add(signal.detection().part("sequence"));
        signal.evidence().forEach(this::keep);
    }

    private static Doc details(Signal signal, Doc resource) {
        Doc facts = new Doc();
        signal.facts().forEach(facts::with);
        Doc detection = new Doc().withAll(signal.detection()).without("sequence");
        return new Doc()
                .with("last", signal.last())
                .with("recordId", signal.recordId())
                .with("role", signal.role().name())
                .with("subject", SignalDoc.subject(signal.subject()))
                .with("resource", resource)
                .with("action", signal.action().isEmpty() ? null : signal.action())
                .with("additional", signal.additional())
                .with(
                        "matches",
                        signal.matches().stream().map(ThreatMatch::toDoc).toList())
                .with("detection", detection.isEmpty() ? null : detection)
                .with("facts", facts);
    }

    private void keep(Evidence record) {
        insert(earliestRecords, record, Evidence.ORDER);
        insert(latestRecords, record, Evidence.ORDER.reversed());
    }

    private static void insert(List<Evidence> records, Evidence record, Comparator<Evidence> order) {
        int place = 0;
        while (place < records.size() && order.compare(records.get(place), record) < 0) {
            place++;
        }
        if (place < EVIDENCE_EACH_END) {
            records.add(place, record);
            if (records.size() > EVIDENCE_EACH_END) {
                records.removeLast();
            }
        }
    }

    /** The records kept, earliest first, none twice. */
    public List<Evidence> records() {
        List<Evidence> all = new ArrayList<>(earliestRecords);
        latestRecords.reversed().stream()
                .filter(record ->
                        all.stream().noneMatch(known -> known.recordId().equals(record.recordId())))
                .forEach(all::add);
        return all;
    }

    /** The record that made it a finding: the earliest. */
    public @Nullable Evidence trigger() {
        return earliestRecords.isEmpty() ? null : earliestRecords.getFirst();
    }

    /** service.detection.sequence, empty for most. */
    public Sequence sequence() {
        return sequence;
    }

    /** Sequence types that it is besides its own. */
    public List<String> moreSequenceTypes() {
        return moreSequenceTypes;
    }

    /** See {@link #moreSequenceTypes}. */
    public void setMoreSequenceTypes(List<String> types) {
        moreSequenceTypes = types;
    }

    /** Says how many times what it tells was met, where its signals stand for more than themselves. */
    public void counted(long times) {
        count = times;
    }

    /** The ARN of the attack sequence that it is part of, or null. */
    public @Nullable String attackSequence() {
        return attackSequence;
    }

    /** Says that it is part of the attack sequence {@code arn}; whether that is news. */
    public boolean joins(String arn) {
        if (arn.equals(attackSequence)) {
            return false;
        }
        attackSequence = arn;
        revision++;
        return true;
    }

    /** 32 hex digits. */
    public String id() {
        return String.valueOf(fixed.text("id"));
    }

    /** The finding type's name. */
    public String type() {
        return String.valueOf(fixed.text("type"));
    }

    /** The detector's account. */
    public String account() {
        return String.valueOf(fixed.text("account"));
    }

    /** The event's Region. */
    public String region() {
        return String.valueOf(fixed.text("region"));
    }

    /** Whether every enabled Region's detector reports it. */
    public boolean global() {
        return Boolean.TRUE.equals(fixed.get("global"));
    }

    /** Epoch seconds of the earliest activity. */
    public long first() {
        return first;
    }

    /** Epoch seconds of the latest activity. */
    public long last() {
        return last;
    }

    /** Distinct records or windows that met the condition. */
    public long count() {
        return count;
    }

    /** 1.0 to 10.0, the highest of its signals. */
    public double severity() {
        return severity;
    }

    /** Raised with each signal. */
    public long revision() {
        return revision;
    }

    /** Resource, action, additional, matches, facts and role of the latest signal. */
    public Doc latest() {
        return latest;
    }

    /** service.action: that of the latest signal, with the probes of all. */
    public @Nullable Doc action() {
        Doc action = latest.at("action");
        return action == null ? null : probes.in(action);
    }

    /** How what its signals counted lies in time, and what that is. */
    public Doc activity() {
        Object of = facts().get(Signal.AMOUNT_OF);
        return new Doc().with("of", of == null ? "signals" : of).withAll(activity.toDoc());
    }

    /** A fact of the latest signal by name, for the texts. */
    public Map<String, Object> facts() {
        Doc facts = latest.at("facts");
        return facts == null ? Map.of() : facts.members();
    }

    /** Writes it as one CBOR object. */
    public void write(JsonGenerator out) throws IOException {
        new Doc()
                .with("fixed", fixed)
                .with("first", first)
                .with("last", last)
                .with("count", count)
                .with("severity", Math.round(severity * 10))
                .with("revision", revision)
                .with("findings", findings == 0 ? null : findings)
                .with("latest", latest)
                .with("probes", probes.toState().isEmpty() ? null : probes.toState())
                .with("activity", activity.toState())
                .with("sequence", sequence.isEmpty() ? null : sequence.toState())
                .with("attackSequence", attackSequence)
                .with(
                        "earliestRecords",
                        earliestRecords.stream().map(Evidence::toState).toList())
                .with(
                        "latestRecords",
                        latestRecords.stream().map(Evidence::toState).toList())
                .write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static FindingEntry read(JsonParser in) throws IOException {
        in.nextToken();
        Doc state = Doc.read(in);
        Doc fixed = state.at("fixed");
        FindingEntry entry = new FindingEntry(fixed == null ? new Doc() : fixed);
        entry.first = state.number("first", 0);
        entry.last = state.number("last", 0);
        entry.count = state.number("count", 0);
        entry.severity = state.number("severity", 10) / 10.0;
        entry.revision = state.number("revision", 0);
        entry.findings = state.number("findings", 0);
        Doc latest = state.at("latest");
        entry.latest = latest == null ? new Doc() : latest;
        if (state.get("probes") instanceof List<?> probes) {
            entry.probes.restore(probes);
        }
        if (state.get("activity") instanceof List<?> bins) {
            entry.activity.restore(bins);
        }
        entry.sequence.add(state.part("sequence"));
        entry.attackSequence = state.text("attackSequence");
        records(state, "earliestRecords", entry.earliestRecords);
        records(state, "latestRecords", entry.latestRecords);
        return entry;
    }

    private static void records(Doc state, String member, List<Evidence> into) {
        if (state.get(member) instanceof List<?> list) {
            list.forEach(item -> into.add(Evidence.fromState((Doc) item)));
        }
    }
}
