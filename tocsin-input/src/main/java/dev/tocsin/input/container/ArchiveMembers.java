package dev.tocsin.input.container;

import dev.tocsin.core.event.LogObject;

/** Is told of the members of an archive, each of which is an object of its own. */
public interface ArchiveMembers {

    /** For who wants no rows for members: they count with the archive's object. */
    ArchiveMembers ADDED_UP = new ArchiveMembers() {
        @Override
        public LogObject begin(LogObject archive, String source, ObjectKey key) {
            return key.object(archive.index(), source, archive.deliveredAt());
        }

        @Override
        public void end(LogObject member, ObjectReport report) {}
    };

    /**
     * A member is about to be read.
     *
     * @param archive the object it lies in
     * @param source its name for the ledger: the archive's, {@code !/} and its own
     * @param key what its name says
     * @return the object that its events refer to
     */
    LogObject begin(LogObject archive, String source, ObjectKey key);

    /** A member was read. */
    void end(LogObject member, ObjectReport report);
}
