package dev.tocsin.input.list;

import java.io.IOException;
import java.util.Set;

/** Rules of ad blockers; those for whole names, {@code ||name^}, are used. */
final class AdblockFormat implements ListFormat {

    /** Options under which the rule still means the whole name. */
    private static final Set<String> HARMLESS_OPTIONS =
            Set.of("third-party", "3p", "important", "all", "doc", "document", "popup");

    @Override
    public String name() {
        return "ADBLOCK";
    }

    @Override
    public boolean fits(Head head) {
        return head.lines().stream().anyMatch(line -> line.startsWith("[Adblock"))
                || (!head.rows().isEmpty() && head.rows().stream().allMatch(line -> line.startsWith("||")));
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        Lines lines = new Lines(source, out);
        for (String raw = lines.next(); raw != null; raw = lines.next()) {
            String line = raw.strip();
            if (line.startsWith("!") || line.startsWith("[")) {
                out.comment(line);
            } else if (!line.isEmpty()) {
                rule(line, lines.number(), out);
            }
        }
    }

    private static void rule(String line, long number, Collector out) {
        int end = line.indexOf('^');
        if (line.startsWith("@@")) {
            out.ignore("exception rule");
        } else if (!line.startsWith("||") || end < 0 || line.indexOf('/') >= 0 || line.indexOf('*') >= 0) {
            out.ignore("rule for a part of a page or an address");
        } else if (!harmless(line.substring(end + 1))) {
            out.ignore("rule for some pages only");
        } else {
            out.take(number, line.substring(2, end), Details.NONE);
        }
    }

    private static boolean harmless(String options) {
        if (options.isEmpty() || options.equals("|")) {
            return true;
        }
        if (!options.startsWith("$")) {
            return false;
        }
        for (String option : options.substring(1).split(",", -1)) {
            if (!HARMLESS_OPTIONS.contains(option)) {
                return false;
            }
        }
        return true;
    }
}
