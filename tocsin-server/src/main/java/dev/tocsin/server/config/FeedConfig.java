package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** A list that is fetched again and again. */
@OneValue
public record FeedConfig(
        @Setting(
                value = "The name of a preset, or your own as NAME=URL[#FORMAT[,CATEGORY]]; may stand without the key.",
                example = "feodo")
        @Nullable
        String feed,

        @Setting(value = "A public feed by its name; 'tocsin lists presets' shows them.", example = "feodo") @Nullable
        String preset,

        @Setting(value = "Your own: what findings and reports call it.", example = "partner") @Nullable
        String name,

        @Setting(
                value =
                        "Your own: https, http or file; taxii+https (a collection of a TAXII 2.1 server; secrets:"
                                + " TOCSIN_FEED_NAME_USER and _PASSWORD, or _TOKEN); misp+https (a MISP server; TOCSIN_FEED_NAME_KEY).",
                example = "taxii+https://taxii.example.com/api1/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/")
        @Nullable
        String url,

        @Setting(value = "Your own: its format. Default: told by content.", example = "TXT") @Nullable
        String format,

        @Setting(value = "Your own: the category of entries that name none.", example = "c2") @Nullable
        String category,

        @Setting(
                value = "Minutes between two fetches. Default: feedsEvery; of a preset no fewer than its own.",
                example = "120")
        @Nullable
        Integer every) {}
