package dev.tocsin.flink;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the job is told. Only this travels to task managers, not what the files hold: each loads them once.
 *
 * @param paths files and folders of logs, or URIs of a file system that Flink knows
 * @param threatLists {@code [NAME=]FILE[:FORMAT]} each
 * @param trustedLists likewise
 * @param intel likewise
 * @param geography tables of places and networks
 * @param inventory files of describe answers
 * @param ownNetworks CIDRs that are one's own
 * @param affiliated accounts that are one's own
 * @param learnDays days of history that habits want; null for the documented ones
 * @param account of records that name none, or null
 * @param region of records that name none, or null
 * @param version changes when a file that is named here changes
 */
public record Settings(
        List<String> paths,
        List<String> threatLists,
        List<String> trustedLists,
        List<String> intel,
        List<String> geography,
        List<String> inventory,
        List<String> ownNetworks,
        List<String> affiliated,
        @Nullable Integer learnDays,
        @Nullable String account,
        @Nullable String region,
        String version)
        implements Serializable {

    /** Settings that name {@code paths} alone. */
    public static Settings of(List<String> paths) {
        return new Settings(
                List.copyOf(paths),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                "");
    }

    /** The same, with {@code files} of describe answers. */
    public Settings knowing(List<String> files) {
        return new Settings(
                paths,
                threatLists,
                trustedLists,
                intel,
                geography,
                List.copyOf(files),
                ownNetworks,
                affiliated,
                learnDays,
                account,
                region,
                version);
    }
}
