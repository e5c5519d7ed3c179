package dev.tocsin.core.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which tactic an API call serves, by a table of names and rules for the rest ({@code api-tactics.txt}). */
public final class ApiTactics {

    /** How well a call is known as an attacker's. */
    public enum Standing {
        /** Named by several catalogues: attackers use it one session in 25 (anomaly research 3.4). */
        WELL_KNOWN(25),
        /** Catalogued: one session in 80. */
        CATALOGUED(80),
        /** Told by its name alone: one session in 1,000. */
        BY_RULE(1_000);

        private final int sessions;

        Standing(int sessions) {
            this.sessions = sessions;
        }

        /** Attackers' sessions, in the middle, of which one makes the call. */
        public int sessions() {
            return sessions;
        }
    }

    /** What is known of a call. */
    public record Entry(Tactic tactic, Standing standing) {}

    private record Rule(@Nullable String service, List<String> parts, Tactic tactic) {}

    private static final int PLACES = 1_024;

    /** What rules told of the calls met lately: they come again and again. */
    private static final @Nullable Told[] TOLD = new Told[PLACES];

    private record Told(
            String bare, String action, @Nullable Boolean readOnly, Entry entry) {}

    private static final String RESOURCE = "api-tactics.txt";
    private static final String HOST = ".amazonaws.com";
    private static final ApiTactics TABLE = load();

    private final Map<String, Entry> named = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private ApiTactics() {}

    /**
     * The tactic of {@code action} of {@code service}.
     *
     * @param service eventSource, such as {@code iam.amazonaws.com}
     * @param readOnly what CloudTrail says of the call, which decides where no rule fits
     */
    public static Entry of(String service, String action, @Nullable Boolean readOnly) {
        String bare = service.endsWith(HOST) ? service.substring(0, service.length() - HOST.length()) : service;
        Entry entry = TABLE.named.get(bare + " " + action);
        if (entry != null) {
            return entry;
        }
        int hash = 31 * bare.hashCode() + action.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Told told = TOLD[place];
        if (told == null
                || !Objects.equals(told.readOnly(), readOnly)
                || !told.action().equals(action)
                || !told.bare().equals(bare)) {
            told = new Told(bare, action, readOnly, byRule(bare, action, readOnly));
            TOLD[place] = told; // threads may overwrite each other's: each is whole
        }
        return told.entry();
    }

    private static Entry byRule(String bare, String action, @Nullable Boolean readOnly) {
        for (Rule rule : TABLE.rules) {
            if ((rule.service() == null || rule.service().equals(bare)) && fits(rule.parts(), action)) {
                return new Entry(rule.tactic(), Standing.BY_RULE);
            }
        }
        return new Entry(Boolean.FALSE.equals(readOnly) ? Tactic.IMPACT : Tactic.DISCOVERY, Standing.BY_RULE);
    }

    /** Whether {@code name} is {@code parts} with anything between them. */
    private static boolean fits(List<String> parts, String name) {
        if (!name.startsWith(parts.getFirst())) {
            return false;
        }
        int at = parts.getFirst().length();
        for (int i = 1; i < parts.size() - 1; i++) {
            int found = name.indexOf(parts.get(i), at);
            if (found < 0) {
                return false;
            }
            at = found + parts.get(i).length();
        }
        String last = parts.getLast();
        return parts.size() == 1 ? name.length() == at : name.length() >= at + last.length() && name.endsWith(last);
    }

    private static ApiTactics load() {
        ApiTactics table = new ApiTactics();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ApiTactics.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            boolean rules = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    rules = line.startsWith("# Rules");
                } else {
                    table.add(line.split(" ", -1), rules);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String[] words, boolean rule) {
        Tactic tactic = Tactic.of(words[0]);
        if (rule) {
            rules.add(new Rule(words[1].equals("*") ? null : words[1], List.of(words[2].split("\\*", -1)), tactic));
            return;
        }
        for (int i = 2; i < words.length; i++) {
            boolean wellKnown = words[i].endsWith("+");
            String action = wellKnown ? words[i].substring(0, words[i].length() - 1) : words[i];
            named.put(
                    words[1] + " " + action, new Entry(tactic, wellKnown ? Standing.WELL_KNOWN : Standing.CATALOGUED));
        }
    }
}
