package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AlienVault's reputation data (facts F64): {@code value#reliability#risk#activity#country#city#place#id}, or the older
 * {@code value # activity country,city,place}.
 */
final class AlienVaultFormat implements ListFormat {

    private static final int FIELDS = 8;
    private static final int ACTIVITY = 3;

    @Override
    public String name() {
        return "ALIEN_VAULT";
    }

    @Override
    public boolean fits(Head head) {
        return head.rows().stream().anyMatch(line -> line.split("#", -1).length >= FIELDS);
    }

    @Override
    public boolean couldBe(Head head) {
        return !head.json() && !head.xml();
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        Lines lines = new Lines(source, out);
        for (String raw = lines.next(); raw != null; raw = lines.next()) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                out.comment(line);
                continue;
            }
            String[] fields = line.split("#", -1);
            String activity = fields.length > ACTIVITY ? fields[ACTIVITY] : fields[fields.length - 1];
            out.take(lines.number(), fields[0], Details.NONE.category(category(activity)));
        }
    }

    private static @Nullable Category category(String activity) {
        String words = activity.toLowerCase(Locale.ROOT);
        if (words.contains("c&c")) {
            return Category.C2;
        }
        if (words.contains("scanning")) {
            return Category.SCANNER;
        }
        return words.contains("malicious") || words.contains("malware") ? Category.MALWARE : null;
    }
}
