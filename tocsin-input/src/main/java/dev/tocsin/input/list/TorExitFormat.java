package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.io.IOException;
import java.util.List;

/** The Tor project's exit addresses: an {@code ExitAddress} line for each address a relay was seen to leave by. */
final class TorExitFormat implements ListFormat {

    private static final List<String> OTHER_LINES = List.of("ExitNode ", "Published ", "LastStatus ", "@type ");

    @Override
    public String name() {
        return "TOR_EXIT_ADDRESSES";
    }

    @Override
    public boolean fits(Head head) {
        return head.rows().stream().anyMatch(line -> line.startsWith("ExitNode "))
                && head.rows().stream().anyMatch(line -> line.startsWith("ExitAddress "));
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        out.fallback(Category.TOR_EXIT);
        Lines lines = new Lines(source, out);
        for (String raw = lines.next(); raw != null; raw = lines.next()) {
            String line = raw.strip();
            if (line.startsWith("ExitAddress ")) {
                address(line, lines.number(), out);
            } else if (line.startsWith("Downloaded ")) {
                out.comment(line);
            } else if (!line.isEmpty() && OTHER_LINES.stream().noneMatch(line::startsWith)) {
                out.reject(lines.number(), "no line of an exit address list", line);
            }
        }
    }

    private static void address(String line, long number, Collector out) {
        String[] parts = line.split(" ", 3);
        out.take(number, parts[1], Details.NONE.seen(null, parts.length > 2 ? parts[2] : null));
    }
}
