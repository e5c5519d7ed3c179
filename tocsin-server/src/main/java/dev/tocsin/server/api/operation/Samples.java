package dev.tocsin.server.api.operation;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sample findings (F66): what a made-up attack gives in the engine itself, marked as samples. */
public final class Samples {

    private static final String PREFIX = "[SAMPLE] ";

    private final Store store;
    private final Detectors detectors;
    private final FindingStore findings;
    private final InstantSource clock;
    private final Set<String> types;
    private final Scene scene;

    /** Makes at least one finding of each type. */
    @FunctionalInterface
    public interface Scene {
        /** The findings of the attack, had it met {@code account} in {@code region}. */
        List<FindingState> play(String account, String region) throws IOException, InterruptedException;
    }

    /** Samples of {@code types}, out of {@code scene}. */
    public Samples(
            Store store,
            Detectors detectors,
            FindingStore findings,
            InstantSource clock,
            Set<String> types,
            Scene scene) {
        this.store = store;
        this.detectors = detectors;
        this.findings = findings;
        this.clock = clock;
        this.types = types;
        this.scene = scene;
    }

    /** Adds the operation. */
    public void register(Operations operations) {
        operations.on("CreateSampleFindings", this::create);
    }

    private Doc create(Call call) throws StoreException {
        List<String> wanted = call.texts("findingTypes");
        for (String type : wanted) {
            if (!types.contains(type)) {
                throw ApiException.invalid("findingTypes", "'" + type + "' is no finding type that this service has.");
            }
        }
        Resource detector = detectors.required(call);
        Map<String, FindingState> byType = new LinkedHashMap<>();
        for (FindingState finding : play(detector)) {
            if (wanted.isEmpty() || wanted.contains(finding.type())) {
                byType.putIfAbsent(finding.type(), finding);
            }
        }
        long now = clock.millis();
        List<FindingState> samples = new ArrayList<>();
        for (FindingState finding : byType.values()) {
            samples.add(sample(finding, now));
        }
        Suppression suppression = Suppression.of(store);
        store.write(transaction -> {
            for (FindingState sample : samples) {
                transaction.finding(sample, now, suppression.hides(sample));
            }
        });
        return new Doc();
    }

    private List<FindingState> play(Resource detector) {
        try {
            return scene.play(detector.account(), detector.region());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while samples were made", e);
        }
    }

    /** Another id than a real one's; the count, which goes up when it is made again, is the revision. */
    private FindingState sample(FindingState finding, long now) throws StoreException {
        String id = Hash.id("sample", finding.account(), finding.region(), finding.type());
        List<Doc> before = findings.documents(Set.of(finding.account()), finding.region(), List.of(id));
        String iso = Times.iso(now / 1000);
        String first = before.isEmpty()
                ? iso
                : String.valueOf(before.getFirst().part("service").text("eventFirstSeen"));
        long count = before.isEmpty() ? 1 : before.getFirst().part("service").number("count", 0) + 1;
        Doc document = finding.document();
        Doc service = new Doc()
                .withAll(document.part("service"))
                .with(
                        "additionalInfo",
                        new Doc()
                                .withAll(document.part("service").part("additionalInfo"))
                                .with("sample", true))
                .with("eventFirstSeen", first)
                .with("eventLastSeen", iso)
                .with("count", count);
        Doc sample = new Doc()
                .withAll(document)
                .with("id", id)
                .with("arn", String.valueOf(document.text("arn")).replace(finding.id(), id))
                .with("title", PREFIX + document.text("title"))
                .with("service", service);
        return new FindingState(
                id,
                finding.type(),
                finding.account(),
                finding.region(),
                count,
                now / 1000,
                now / 1000,
                finding.severity(),
                sample);
    }
}
