package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.detect.AttackSequences;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Sequence;
import dev.tocsin.core.finding.SequencePart.Indicator;
import dev.tocsin.core.finding.Times;
import java.util.List;

/** A sequence in words: GuardDuty's description (F87), and then what happened in order. */
final class Story {

    /** Signals told in order; a description has at most 4,096 characters. */
    static final int MOST_TOLD = 25;

    private final Sequence sequence;
    private final String account;
    private final long first;
    private final long last;

    Story(Sequence sequence, String account, long first, long last) {
        this.sequence = sequence;
        this.account = account;
        this.first = first;
        this.last = last;
    }

    /** Whom it is about: {@code IAMUser/alice}, or the host. */
    String actor() {
        Doc state = sequence.toState();
        Doc user = first(state, "actors").part("user");
        if (!user.isEmpty()) {
            return user.text("type") + "/" + user.text("name");
        }
        return String.valueOf(first(state, "resources").text("name"));
    }

    private static Doc first(Doc state, String member) {
        return state.get(member) instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Doc doc
                ? doc
                : new Doc();
    }

    String text(FindingType type) {
        String principal = first(sequence.toState(), "actors").part("user").text("uid");
        StringBuilder text = new StringBuilder("A sequence of actions involving ")
                .append(sequence.signals().size())
                .append(" signals indicating a possible ")
                .append(what(type))
                .append(" was observed for ")
                .append(actor())
                .append(principal == null ? "" : " with principalId " + principal)
                .append(" in account ")
                .append(account)
                .append("\nbetween ")
                .append(Times.iso(first))
                .append(" and ")
                .append(Times.iso(last))
                .append(" with the following behaviors:\n");
        counted(text, "MITRE ATT&CK tactics observed", Indicator.ATTACK_TACTIC);
        counted(text, "MITRE ATT&CK techniques observed", Indicator.ATTACK_TECHNIQUE);
        listed(text, "Connected from a known Tor Exit Node", Indicator.TOR_IP);
        listed(text, "Connected with a known malicious IP address", Indicator.MALICIOUS_IP);
        listed(text, "Asked for a known malicious domain", Indicator.MALICIOUS_DOMAIN);
        listed(text, "Connected to a known cryptocurrency-mining host", Indicator.CRYPTOMINING_IP);
        listed(text, "Asked for a cryptocurrency-mining domain", Indicator.CRYPTOMINING_DOMAIN);
        listed(text, "Network not used before by this identity", Indicator.UNUSUAL_ASN_FOR_USER);
        listed(text, "Suspicious user agent", Indicator.SUSPICIOUS_USER_AGENT);
        counted(text, "sensitive APIs called", Indicator.HIGH_RISK_API);
        text.append("  - In order:\n");
        sequence.signals().stream()
                .limit(MOST_TOLD)
                .forEach(signal -> text.append("    ").append(line(signal)).append('\n'));
        return text.toString();
    }

    private static String line(Doc signal) {
        long count = signal.number("count", 1);
        return Times.isoMillis(signal.number("firstSeenAt", 0)).substring(0, 19) + "Z " + signal.text("name")
                + (count > 1 ? " (" + count + " times)" : "");
    }

    private static String what(FindingType type) {
        if (type.equals(AttackSequences.DATA)) {
            return "data compromise";
        }
        return type.equals(AttackSequences.HOSTS) ? "instance compromise" : "credential compromise";
    }

    private void counted(StringBuilder text, String what, Indicator key) {
        List<String> values = sequence.values(key.name());
        if (!values.isEmpty()) {
            text.append("  - ")
                    .append(values.size())
                    .append(' ')
                    .append(what)
                    .append(": ")
                    .append(String.join(", ", values));
            text.append('\n');
        }
    }

    private void listed(StringBuilder text, String what, Indicator key) {
        List<String> values = sequence.values(key.name());
        if (!values.isEmpty()) {
            text.append("  - ")
                    .append(what)
                    .append(": ")
                    .append(String.join(", ", values))
                    .append('\n');
        }
    }
}
