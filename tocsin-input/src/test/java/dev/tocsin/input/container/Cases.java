package dev.tocsin.input.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The cases in the folder {@code cases}: inputs, and in {@code expected.tsv} what must come out of each. */
final class Cases {

    private Cases() {}

    /** An input and what must come out. */
    record Case(String name, String kind, String status, long accepted, long ignored, long rejected) {
        byte[] bytes() throws IOException {
            return resource(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() throws IOException {
        List<Case> cases = new ArrayList<>();
        String table = new String(resource("expected.tsv"), StandardCharsets.UTF_8);
        for (String line : table.split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 6 && !cells[0].equals("file")) {
                cases.add(new Case(
                        cells[0],
                        cells[1],
                        cells[2],
                        Long.parseLong(cells[3]),
                        Long.parseLong(cells[4]),
                        Long.parseLong(cells[5])));
            }
        }
        return cases;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Cases.class.getResourceAsStream("cases/" + name)) {
            return in.readAllBytes();
        }
    }
}
