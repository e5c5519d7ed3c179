package dev.tocsin.core.finding;

import org.jspecify.annotations.Nullable;

/**
 * A list entry that matched.
 *
 * @param list the list's name
 * @param listVersion a digest of the list's contents
 * @param entry the entry as the list has it
 * @param category the entry's category
 * @param threat the threat or malware family it names, or null
 * @param lastSeen epoch seconds, or 0 if undated
 * @param reference where the list's maker explains it, or null
 */
public record ThreatMatch(
        String list,
        String listVersion,
        String entry,
        String category,
        @Nullable String threat,
        long lastSeen,
        @Nullable String reference) {

    /** The form in {@code tocsin.evidence.intelligence}. */
    public Doc toDoc() {
        return new Doc()
                .with("list", list)
                .with("listVersion", listVersion)
                .with("entry", entry)
                .with("category", category)
                .with("threat", threat)
                .with("lastSeen", lastSeen == 0 ? null : Times.iso(lastSeen))
                .with("reference", reference);
    }
}
