package dev.tocsin.server.usage;

import dev.tocsin.core.finding.Doc;
import java.util.Base64;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * In which minutes of a day a host was watched. Reports may come in any order and more than once: what comes of them is the same.
 * Not safe for use by several threads.
 */
final class AgentDay {

    static final int MINUTES = 24 * 60;

    /** Minutes after its last report that an agent is silent. Ours: five reports missed. */
    static final int SILENT_AFTER = 5;

    private final BitSet healthy = new BitSet(MINUTES);
    private final BitSet unhealthy = new BitSet(MINUTES);
    private UsageFeature feature = UsageFeature.EC2_RUNTIME_MONITORING;
    private int vcpus = 1;

    /** Notes what an agent said in its {@code minute} of the day. */
    void add(AgentReport report, int minute) {
        (report.issue() == null ? healthy : unhealthy).set(minute);
        vcpus = Math.max(vcpus, report.vcpus());
        if (report.feature() != UsageFeature.EC2_RUNTIME_MONITORING) {
            feature = report.feature(); // a node with both kinds of agents is a node
        }
    }

    /** Whether the host was watched in {@code minute}, as the last report until then says; {@code before} is the day before. */
    boolean isWatched(int minute, @Nullable AgentDay before) {
        for (int at = minute; at > minute - SILENT_AFTER; at--) {
            AgentDay day = at >= 0 ? this : before;
            int in = Math.floorMod(at, MINUTES);
            if (day != null && day.healthy.get(in)) {
                return true;
            }
            if (day != null && day.unhealthy.get(in)) {
                return false;
            }
        }
        return false;
    }

    /** Minutes in which the host was watched, times its vCPUs. */
    long vcpuMinutes(@Nullable AgentDay before) {
        long minutes = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            minutes += isWatched(minute, before) ? 1 : 0;
        }
        return minutes * vcpus;
    }

    /** How GuardDuty would count it. */
    UsageFeature feature() {
        return feature;
    }

    Doc toDoc() {
        return new Doc()
                .with("feature", feature.name())
                .with("vcpus", vcpus)
                .with("healthy", text(healthy))
                .with("unhealthy", text(unhealthy));
    }

    static AgentDay of(Doc doc) {
        AgentDay day = new AgentDay();
        day.feature = UsageFeature.valueOf(String.valueOf(doc.text("feature")));
        day.vcpus = (int) doc.number("vcpus", 1);
        day.healthy.or(bits(doc.text("healthy")));
        day.unhealthy.or(bits(doc.text("unhealthy")));
        return day;
    }

    private static String text(BitSet bits) {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    private static BitSet bits(@Nullable String text) {
        return BitSet.valueOf(Base64.getDecoder().decode(Objects.requireNonNullElse(text, "")));
    }
}
