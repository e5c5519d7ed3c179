package dev.tocsin.server.api.own;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.IdentityProfiles;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /tocsin/v1/entities?name=NAME}: what is known of an identity, address, host, function or bucket: the findings that
 * it is in, the records of their evidence in order, and of an identity its profile. Logs are not kept, so it is no more.
 */
final class EntityApi {

    /** Findings of an attribute at most, the latest. */
    private static final int MOST = 200;

    private static final int MOST_RECORDS = 1_000;
    private static final int LONGEST_NAME = 2_048;

    private final Store store;
    private final FindingStore findings;
    private final AccountsSeen seen;

    EntityApi(Store store, AccountsSeen seen) {
        this.store = store;
        this.findings = new FindingStore(store);
        this.seen = seen;
    }

    void addTo(OwnApi api) {
        api.on("GET entities", OwnApi.READERS, this::entity);
    }

    private ApiAnswer entity(Call.Caller caller, ApiRequest request) throws StoreException {
        String name = OwnAnswers.parameters(request, List.of("name")).getOrDefault("name", "");
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw ApiException.invalid(
                    "name",
                    "Expected an ARN, principal id, access key, user name, address, instance, function or bucket.");
        }
        EntityName entity = EntityName.of(name);
        List<Doc> known = findings(entity, seen.by(caller.account()));
        List<Doc> records = records(entity, known);
        EntityName.Kind kind = entity.kindIn(known);
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("name", name)
                        .with("kind", kind.wire())
                        .with(
                                "firstSeen",
                                known.stream()
                                        .map(one -> time(one, "eventFirstSeen"))
                                        .min(Comparator.naturalOrder())
                                        .orElse(null))
                        .with(
                                "lastSeen",
                                known.stream()
                                        .map(one -> time(one, "eventLastSeen"))
                                        .max(Comparator.naturalOrder())
                                        .orElse(null))
                        .with("findings", known.stream().map(FindingSearch::row).toList())
                        .with("records", records.stream().limit(MOST_RECORDS).toList())
                        .with("recordsLeftOut", Math.max(0, records.size() - MOST_RECORDS))
                        .with("names", names(entity, known, records))
                        .with("profiles", kind == EntityName.Kind.IDENTITY ? profiles(entity, known) : null));
    }

    private static String time(Doc finding, String member) {
        return String.valueOf(finding.part("service").text(member));
    }

    /** The findings that it is in, with the sequences they are part of, the latest first. */
    private List<Doc> findings(EntityName entity, Predicate<@Nullable String> sees) throws StoreException {
        Set<String> accounts = new HashSet<>();
        Set<String> regions = new HashSet<>();
        for (FindingStore.Place place : findings.places()) {
            if (sees.test(place.account())) {
                accounts.add(place.account());
                regions.add(place.region());
            }
        }
        if (accounts.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Map.Entry<String, String> one : entity.attributes().entrySet()) {
            Doc criterion = new Doc().with(one.getKey(), new Doc().with("equals", List.of(one.getValue())));
            FindingQuery query = new FindingQuery(accounts, regions, FindingCondition.all(criterion), true);
            ids.addAll(findings.ids(query, new FindingQuery.Sort("updatedAt", true), MOST, null)
                    .ids());
        }
        List<Doc> found = findings.documents(List.copyOf(ids)).stream()
                .filter(entity::isIn)
                .toList();
        Set<String> sequences = new TreeSet<>();
        for (Doc finding : found) {
            String sequence = finding.text("associatedAttackSequenceArn");
            if (sequence != null) {
                sequences.add(sequence.substring(sequence.lastIndexOf('/') + 1));
            }
        }
        sequences.removeAll(ids);
        Map<String, Doc> all = new LinkedHashMap<>();
        findings.documents(List.copyOf(sequences)).stream()
                .filter(finding -> sees.test(finding.text("accountId")))
                .forEach(finding -> all.put(String.valueOf(finding.text("id")), finding));
        found.forEach(finding -> all.put(String.valueOf(finding.text("id")), finding));
        return all.values().stream()
                .sorted(Comparator.comparing((Doc finding) -> time(finding, "eventLastSeen"))
                        .reversed())
                .toList();
    }

    /** The records that the findings rest on, each once and with its findings, in the order in which they happened. */
    private static List<Doc> records(EntityName entity, List<Doc> known) {
        Map<String, Doc> records = new TreeMap<>();
        Map<String, Set<String>> ids = new TreeMap<>();
        for (Doc finding : known) {
            List<Doc> some = evidence(finding);
            List<Doc> naming = some.stream().filter(entity::isNamedIn).toList();
            for (Doc record : naming.isEmpty() && !isSequence(finding) ? some : naming) {
                String place = record.text("time") + " " + record.text("source") + " " + record.get("position");
                records.put(place, record);
                ids.computeIfAbsent(place, any -> new TreeSet<>()).add(String.valueOf(finding.text("id")));
            }
        }
        return records.entrySet().stream()
                .map(one -> new Doc()
                        .withAll(one.getValue())
                        .with("findingIds", List.copyOf(ids.getOrDefault(one.getKey(), Set.of()))))
                .toList();
    }

    private static boolean isSequence(Doc finding) {
        return String.valueOf(finding.text("type")).startsWith("AttackSequence:");
    }

    private static List<Doc> evidence(Doc finding) {
        return finding.part("tocsin").part("evidence").get("records") instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }

    /** By what else it went, from the same findings: keys, addresses, ids, roles. */
    private static Doc names(EntityName entity, List<Doc> known, List<Doc> records) {
        Map<String, Set<String>> names = new TreeMap<>();
        for (Doc finding : known) {
            Doc key = finding.part("resource").part("accessKeyDetails");
            add(names, "accessKeyIds", key.text("accessKeyId"));
            add(names, "principalIds", key.text("principalId"));
            add(names, "userNames", key.text("userName"));
            add(
                    names,
                    "instances",
                    finding.part("resource").part("instanceDetails").text("instanceId"));
            add(names, "accounts", finding.text("accountId"));
        }
        for (Doc record : records) {
            Doc fields = record.part("fields");
            add(names, "arns", fields.text("userIdentity.arn"));
            add(names, "addresses", fields.text("sourceIPAddress"));
        }
        Doc doc = new Doc();
        names.forEach((name, values) -> {
            values.remove(entity.name());
            if (!values.isEmpty()) {
                doc.with(name, List.copyOf(values));
            }
        });
        return doc;
    }

    private static void add(Map<String, Set<String>> names, String kind, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            names.computeIfAbsent(kind, any -> new TreeSet<>()).add(value);
        }
    }

    private List<Doc> profiles(EntityName entity, List<Doc> known) throws StoreException {
        Set<String> accounts = new TreeSet<>();
        known.forEach(finding -> add(accounts, finding.text("accountId")));
        add(accounts, entity.account());
        Set<Doc> profiles = new LinkedHashSet<>();
        for (String account : accounts) {
            StoredKey key = new StoredKey(store.state(), AccountFunction.NAME, account);
            for (String principal : key.names(IdentityProfiles.KIND)) {
                Doc shown = entity.isPrincipal(principal) ? IdentityProfiles.shown(principal, key) : null;
                if (shown != null) {
                    profiles.add(shown.with("accountId", account));
                }
            }
        }
        return List.copyOf(profiles);
    }

    private static void add(Set<String> accounts, @Nullable String account) {
        if (account != null) {
            accounts.add(account);
        }
    }
}
