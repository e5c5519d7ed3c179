package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;

/**
 * Something that the API makes and keeps: a detector, a filter, a list, a member.
 *
 * @param account whose it is
 * @param region where
 * @param kind what it is; each kind's owner says what its document holds
 * @param id unique in its kind, account and Region
 * @param document all of it
 */
public record Resource(String account, String region, String kind, String id, Doc document) {

    /** The same with another document. */
    public Resource with(Doc changed) {
        return new Resource(account, region, kind, id, changed);
    }
}
