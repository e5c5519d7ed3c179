package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;

/** The address ranges of AWS: the service is the family, the Region the reference. */
final class AwsRangesLayout implements JsonLayout {

    @Override
    public String name() {
        return "AWS_RANGES";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"syncToken\"") && head.contains("\"prefixes\"");
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
