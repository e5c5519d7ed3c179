package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.publish.Publisher;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/findings/ID/deliveries}: what has become of a finding by each destination; {@code account}: who asks. */
final class DeliveriesApi {

    private final FindingStore findings;
    private final Deliveries deliveries;
    private final Receivers receivers;
    private final Lanes lanes;
    private final AccountsSeen seen;

    DeliveriesApi(Store store, Lanes lanes, AccountsSeen seen, InstantSource clock) {
        this.findings = new FindingStore(store);
        this.deliveries = new Deliveries(store);
        this.receivers = new Receivers(store, clock);
        this.lanes = lanes;
        this.seen = seen;
    }

    void addTo(OwnApi api) {
        api.on("GET findings/*/deliveries", EnumSet.of(Role.ADMINISTRATOR), this::deliveries)
                .on(
                        "GET account",
                        OwnApi.READERS,
                        (caller, request) -> OwnAnswers.json(
                                200,
                                new Doc()
                                        .with("accountId", caller.account())
                                        .with("principal", caller.principal())
                                        .with("role", caller.role().text())));
    }

    private ApiAnswer deliveries(Call.Caller caller, ApiRequest request) throws StoreException {
        String[] parts = request.rawPath().split("/", -1);
        String id = parts[parts.length - 2];
        Doc finding = findings.beginning(id).stream()
                .filter(one -> id.equals(one.text("id")))
                .findFirst()
                .orElse(null);
        if (finding == null || !seen.by(caller.account()).test(finding.text("accountId"))) {
            throw ApiException.notFound("There is no finding " + id + ".");
        }
        boolean coming = deliveries.isComing(id);
        Map<String, Deliveries.Under> under = deliveries.of(id);
        List<Doc> all = new ArrayList<>();
        for (Map.Entry<Destination, Boolean> one :
                lanes.chosen(coming(finding, id)).entrySet()) {
            String queue = Destination.queue(one.getKey().id());
            if (one.getKey().owner().isEmpty()
                    || seen.by(caller.account()).test(one.getKey().owner())) {
                String status = one.getValue() ? status(under.get(queue), coming) : "not chosen";
                all.add(doc(one.getKey().name(), status, under.get(queue)));
            }
        }
        String account = String.valueOf(finding.text("accountId"));
        for (Resource one : receivers.of(account, String.valueOf(finding.text("region")))) {
            Deliveries.Under state = under.get(Publisher.name(one));
            String bucket = one.document().part("destinationProperties").text("destinationArn");
            all.add(doc(String.valueOf(bucket), status(state, coming), state));
        }
        return OwnAnswers.json(200, new Doc().with("destinations", all));
    }

    private static Outbox.Coming coming(Doc finding, String id) {
        Outbox.Place place =
                new Outbox.Place(String.valueOf(finding.text("accountId")), String.valueOf(finding.text("region")));
        double severity = finding.get("severity") instanceof Number number ? number.doubleValue() : 0;
        return new Outbox.Coming(id, place, true, false, String.valueOf(finding.text("type")), severity);
    }

    private static String status(Deliveries.@Nullable Under state, boolean coming) {
        if (coming || (state != null && state.waits())) {
            return "waiting";
        }
        return state != null && state.dead() ? "dead" : "sent";
    }

    private static Doc doc(String name, String status, Deliveries.@Nullable Under state) {
        String problem = state == null || state.problem().isEmpty() ? null : state.problem();
        return new Doc().with("name", name).with("status", status).with("problem", problem);
    }
}
