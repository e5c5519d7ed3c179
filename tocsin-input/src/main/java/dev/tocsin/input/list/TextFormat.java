package dev.tocsin.input.list;

import java.io.IOException;

/**
 * One value a line, and comments: {@code #}, {@code ;}, and {@code //} after a blank. Addresses may have a port, networks a
 * mask in bits or dotted, ranges a dash; names a wildcard; values may be defanged. GuardDuty's TXT, and more.
 */
final class TextFormat implements ListFormat {

    @Override
    public String name() {
        return "TXT";
    }

    /** Whatever nobody else knows and is no markup. */
    @Override
    public boolean fits(Head head) {
        return !head.json() && !head.xml();
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        out.takeWholeHosts();
        Lines lines = new Lines(source, out);
        for (String line = lines.next(); line != null; line = lines.next()) {
            int comment = comment(line);
            String value = line.substring(0, comment).strip();
            if (comment < line.length()) {
                out.comment(line);
            }
            if (value.isEmpty()) {
                continue;
            }
            if (hasBlank(value) && value.indexOf('-') < 0) {
                out.reject(lines.number(), "more than one word", value);
            } else {
                out.take(lines.number(), value, Details.NONE);
            }
        }
    }

    /** Where the comment of a line begins, or its length. */
    static int comment(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean slashes = c == '/' && line.startsWith("//", i) && (i == 0 || line.charAt(i - 1) <= ' ');
            if (c == '#' || c == ';' || slashes) {
                return i;
            }
        }
        return line.length();
    }

    private static boolean hasBlank(String value) {
        return value.chars().anyMatch(Character::isWhitespace);
    }
}
