package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address ranges of AWS: the service is the family, the Region the reference. */
final class AwsRangesLayout implements JsonLayout {

    /** When they were published, epoch seconds. */
    private static final Pattern PUBLISHED = Pattern.compile("\"syncToken\"\\s*:\\s*\"(\\d{1,12})\"");

    @Override
    public String name() {
        return "AWS_RANGES";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"syncToken\"") && head.contains("\"prefixes\"");
    }

    @Override
    public void begin(Head head, Collector out) {
        for (String line : head.lines()) {
            Matcher token = PUBLISHED.matcher(line);
            if (token.find()) {
                out.comment("Last updated: " + token.group(1));
                return;
            }
        }
    }

    @Override
    public void object(JsonRow row, Collector out) {
        String prefix = row.has("ip_prefix") ? row.get("ip_prefix") : row.get("ipv6_prefix");
        if (prefix != null) {
            out.take(
                    row.line(),
                    prefix,
                    Details.NONE
                            .category(Category.AWS)
                            .family(row.get("service"))
                            .reference(row.get("region")));
        }
    }
}
