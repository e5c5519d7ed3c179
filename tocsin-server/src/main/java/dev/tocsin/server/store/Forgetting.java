package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds and deletes all that a store keeps of somebody. */
final class Forgetting {

    private static final String FINDINGS = "findings";
    private static final String INVENTORY = "inventory";

    /** Of the values of profiles. */
    private static final Set<String> NAMES = Set.of("valueName", "bucketValueName");

    private final Store store;
    private final Forget who;

    private record Entry(String function, String key, String kind, String name) {}

    private record Row(String name, long size, String version) {}

    Forgetting(Store store, Forget who) {
        this.store = store;
        this.who = who;
    }

    Forgotten run() throws StoreException {
        Set<String> findings = new HashSet<>();
        for (FindingState finding : store.findings(true)) {
            if (who.isOf(finding)) {
                findings.add(finding.id());
            }
        }
        store.state().foldAll(); // so that rows hold all of it
        entries(findings); // notes interfaces of an instance, whose entries may have come before
        List<Entry> entries = entries(findings);
        List<Row> objects = objects();
        List<Resource> settings = settings();
        store.write(transaction -> {
            delete(transaction, findings, entries, objects);
            for (Resource one : settings) {
                transaction.removeResource(one.account(), one.region(), one.kind(), one.id());
            }
            who.deleteOf(transaction);
        });
        store.scrub();
        return new Forgotten(findings.size(), entries.size(), objects.size(), settings.size());
    }

    private List<Entry> entries(Set<String> findings) throws StoreException {
        return store.query("SELECT function, key, kind, name, version, state, size FROM entry", rows -> {
            List<Entry> found = new ArrayList<>();
            while (rows.next()) {
                Entry entry = new Entry(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
                if (goes(entry, new Packed(rows.getInt(5), rows.getBytes(6), rows.getInt(7)), findings)) {
                    found.add(entry);
                }
            }
            return found;
        });
    }

    private boolean goes(Entry entry, Packed state, Set<String> findings) throws IOException {
        if (who.isOf(entry.key()) || (entry.kind().equals(FINDINGS) && findings.contains(entry.name()))) {
            return true;
        }
        if (NAMES.contains(entry.kind()) && state.anyText(text -> who.isNameOf(entry.key(), text))) {
            return true;
        }
        boolean named = who.isNeedleIn(entry.name()) || state.anyText(who::isNeedleIn);
        if (named && entry.kind().equals(INVENTORY)) {
            who.noteInterface(entry.name());
        }
        return named;
    }

    /** What the API made and names it: detectors, filters, lists, members, keys. */
    private List<Resource> settings() throws StoreException {
        return store.query("SELECT account, region, kind, id, document FROM resource", rows -> {
            List<Resource> found = new ArrayList<>();
            for (Resource one : Store.resources(rows)) {
                if (who.isIn(one.account())
                        || who.isIn(one.id())
                        || who.isIn(one.document().toJson())) {
                    found.add(one);
                }
            }
            return found;
        });
    }

    private List<Row> objects() throws StoreException {
        return store.query("SELECT name, size, version, ledger FROM object", rows -> {
            List<Row> found = new ArrayList<>();
            while (rows.next()) {
                if (who.isIn(rows.getString(1)) || who.isIn(rows.getString(4))) {
                    found.add(new Row(rows.getString(1), rows.getLong(2), rows.getString(3)));
                }
            }
            return found;
        });
    }

    private static void delete(
            StoreTransaction transaction, Set<String> findings, List<Entry> entries, List<Row> objects)
            throws IOException {
        for (String id : findings) {
            transaction.removeFinding(id);
        }
        for (Entry entry : entries) {
            transaction.remove(entry.function(), entry.key(), entry.kind(), entry.name());
        }
        for (Row row : objects) {
            transaction.update(
                    "DELETE FROM object WHERE name = ? AND size = ? AND version = ?",
                    row.name(),
                    row.size(),
                    row.version());
        }
        transaction.update("DELETE FROM timer WHERE NOT EXISTS (SELECT 1 FROM entry"
                + " WHERE entry.function = timer.function AND entry.key = timer.key)");
    }
}
