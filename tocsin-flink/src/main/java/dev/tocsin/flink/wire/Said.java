package dev.tocsin.flink.wire;

import dev.tocsin.core.finding.Doc;

/**
 * What the job tells the world: in the form of the service's ingest.
 *
 * @param form which of its lists it belongs to
 * @param account whose it is; empty if nothing says
 * @param doc a finding's state or a ledger row, with its revision
 */
public record Said(Form form, String account, Doc doc) {

    /** The lists of the service's ingest. */
    public enum Form {
        /** A finding's state. */
        FINDING("findings"),
        /** A row of the ledger. */
        ROW("objects");

        private final String list;

        Form(String list) {
            this.list = list;
        }

        /** The list's name. */
        public String list() {
            return list;
        }
    }
}
