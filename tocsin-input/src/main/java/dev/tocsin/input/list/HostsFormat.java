package dev.tocsin.input.list;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** A hosts file that sends bad names nowhere: {@code 0.0.0.0 name}. */
final class HostsFormat implements ListFormat {

    private static final Set<String> NOWHERE = Set.of("0.0.0.0", "127.0.0.1", "::", "::1", "0", "255.255.255.255");

    /** Names that every hosts file has for the host itself. */
    private static final Set<String> OWN = Set.of(
            "localhost",
            "localhost.localdomain",
            "local",
            "broadcasthost",
            "ip6-localhost",
            "ip6-loopback",
            "ip6-localnet",
            "ip6-mcastprefix",
            "ip6-allnodes",
            "ip6-allrouters",
            "ip6-allhosts",
            "0.0.0.0");

    @Override
    public String name() {
        return "HOSTS";
    }

    @Override
    public boolean fits(Head head) {
        List<String> rows = head.rows();
        return !rows.isEmpty() && rows.stream().allMatch(HostsFormat::isRow);
    }

    private static boolean isRow(String line) {
        StringTokenizer words = new StringTokenizer(line);
        return words.countTokens() > 1 && isAddress(words.nextToken());
    }

    private static boolean isAddress(String word) {
        return NOWHERE.contains(word)
                || word.startsWith("fe00::")
                || word.startsWith("ff0")
                || word.startsWith("fe80::");
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        Lines lines = new Lines(source, out);
        for (String line = lines.next(); line != null; line = lines.next()) {
            int comment = TextFormat.comment(line);
            out.comment(line.substring(comment));
            StringTokenizer words = new StringTokenizer(line.substring(0, comment));
            if (!words.hasMoreTokens()) {
                continue;
            }
            String address = words.nextToken();
            if (!isAddress(address) || !words.hasMoreTokens()) {
                out.reject(lines.number(), "no line ADDRESS NAME that sends a name nowhere", line);
                continue;
            }
            names(words, lines.number(), out);
        }
    }

    private static void names(StringTokenizer words, long number, Collector out) {
        while (words.hasMoreTokens()) {
            String name = words.nextToken();
            if (OWN.contains(name)) {
                out.ignore("the host's own names");
            } else {
                out.take(number, name, Details.NONE);
            }
        }
    }
}
