package dev.tocsin.input.list;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All formats, one line each. */
final class ListFormats {

    /** In the order they are tried; plain text, which fits what nobody knows, comes last. */
    static final List<ListFormat> ALL = List.of(
            new IntelTsvFormat(),
            new Stix1Format(),
            new JsonFormat(new Stix2Layout()),
            new JsonFormat(new MispLayout()),
            new JsonFormat(new ThreatFoxJsonLayout()),
            new JsonFormat(new FeodoJsonLayout()),
            new JsonFormat(new SpamhausLayout()),
            new JsonFormat(new AwsRangesLayout()),
            new CsvFormat(new OtxLayout()),
            new CsvFormat(new FireEyeLayout()),
            new CsvFormat(new ProofPointLayout()),
            new CsvFormat(new FeodoCsvLayout()),
            new CsvFormat(new ThreatFoxCsvLayout()),
            new CsvFormat(new UrlhausLayout()),
            new AlienVaultFormat(),
            new TorExitFormat(),
            new AdblockFormat(),
            new HostsFormat(),
            new TextFormat());

    private ListFormats() {}

    /** The format of that name in any case, or null. */
    static @Nullable ListFormat named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return ALL.stream()
                .filter(format -> format.name().equals(upper))
                .findFirst()
                .orElse(null);
    }

    /** The format a list that begins so is of, or null. */
    static @Nullable ListFormat of(Head head) {
        return ALL.stream().filter(format -> format.fits(head)).findFirst().orElse(null);
    }

    /** The names, for messages. */
    static String names() {
        return String.join(", ", ALL.stream().map(ListFormat::name).toList());
    }
}
