package dev.tocsin.core.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list entry that matched.
 *
 * @param list the list's name
 * @param listVersion a digest of the list's contents
 * @param listKind whose it is: {@code intel} or {@code operator-threat}
 * @param entry the entry as the list has it
 * @param category the entry's category
 * @param threat the threat or malware family it names, or null
 * @param port the port it is listed with, 0 for any
 * @param firstSeen epoch seconds, or 0 if not given
 * @param lastSeen epoch seconds, or 0 if undated
 * @param cautions why it may be wrong, as lists write it
 * @param reference where the list's maker explains it, or null
 */
public record ThreatMatch(
        String list,
        String listVersion,
        String listKind,
        String entry,
        String category,
        @Nullable String threat,
        int port,
        long firstSeen,
        long lastSeen,
        List<String> cautions,
        @Nullable String reference) {

    /** The form in {@code tocsin.evidence.intelligence}. */
    public Doc toDoc() {
        return new Doc()
                .with("list", list)
                .with("listVersion", listVersion)
                .with("listKind", listKind)
                .with("entry", entry)
                .with("category", category)
                .with("threat", threat)
                .with("port", port == 0 ? null : port)
                .with("firstSeen", firstSeen == 0 ? null : Times.iso(firstSeen))
                .with("lastSeen", lastSeen == 0 ? null : Times.iso(lastSeen))
                .with("cautions", cautions.isEmpty() ? null : cautions)
                .with("reference", reference);
    }
}
