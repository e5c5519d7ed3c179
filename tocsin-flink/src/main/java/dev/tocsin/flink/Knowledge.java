package dev.tocsin.flink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.InventoryReader;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Network;
import dev.tocsin.input.geo.Geography;
import dev.tocsin.input.list.ListArgument;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.input.list.OwnNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lists, tables and inventory that settings name, loaded once in a process however many hosts run in it.
 *
 * @param settings which files
 */
public record Knowledge(Settings settings) implements Serializable {

    private static final Map<Settings, Loaded> BY_SETTINGS = new ConcurrentHashMap<>();

    /**
     * What was loaded.
     *
     * @param services for the engine's functions
     * @param facts of the inventory
     */
    public record Loaded(EngineServices services, List<InventoryFact> facts) {}

    /**
     * What the files hold.
     *
     * @throws IllegalStateException if one cannot be read or is refused; the message names it
     */
    public Loaded load() {
        return BY_SETTINGS.computeIfAbsent(settings, Knowledge::read);
    }

    private static Loaded read(Settings from) {
        try {
            List<InventoryFact> facts = facts(from);
            List<Network> networks = networks(from.ownNetworks());
            Intelligence.Builder lists = new Intelligence.Builder();
            OwnNetworks own = own(networks, facts);
            for (String list : from.threatLists()) {
                read(list, IndicatorList.Kind.OPERATOR_THREAT, own, lists);
            }
            for (String list : from.trustedLists()) {
                read(list, IndicatorList.Kind.OPERATOR_TRUSTED, own, lists);
            }
            for (String list : from.intel()) {
                read(list, IndicatorList.Kind.INTEL, own, lists);
            }
            Intelligence intelligence = lists.build();
            Geography geography =
                    Geography.open(from.geography().stream().map(Path::of).toList(), List.of());
            Set<String> affiliated = new HashSet<>(from.affiliated());
            facts.forEach(fact -> affiliated.add(fact.account()));
            return new Loaded(
                    new EngineServices(geography, () -> intelligence, networks, from.learnDays())
                            .affiliating(affiliated),
                    facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String text, IndicatorList.Kind kind, OwnNetworks own, Intelligence.Builder into)
            throws IOException {
        ListArgument list = ListArgument.parse(text);
        ListRequest request =
                ListRequest.of(list.name(), kind).as(list.format()).own(own);
        try (InputStream bytes = Files.newInputStream(Path.of(list.file()))) {
            ListReport report = ListReader.read(request, bytes, into);
            if (!report.active()) {
                throw new IOException(list.file() + ": " + report.message());
            }
        }
    }

    private static List<InventoryFact> facts(Settings from) throws IOException {
        List<InventoryFact> facts = new ArrayList<>();
        for (String file : from.inventory()) {
            try (JsonParser json = new JsonFactory().createParser(Path.of(file).toFile())) {
                if (InventoryReader.read(json, from.account(), facts::add) == 0) {
                    throw new IOException(file + ": no describe answer in it");
                }
            }
        }
        return facts;
    }

    private static List<Network> networks(List<String> texts) throws IOException {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            Network network = Network.parse(text.strip());
            if (network == null) {
                throw new IOException("expected an address or CIDR such as 203.0.113.0/24, found '" + text + "'");
            }
            networks.add(network);
        }
        return networks;
    }

    private static OwnNetworks own(List<Network> networks, List<InventoryFact> facts) {
        List<Network> own = new ArrayList<>(networks);
        for (InventoryFact fact : facts) {
            Network address = fact.kind() == InventoryFact.Kind.ADDRESS ? Network.parse(fact.id()) : null;
            if (address != null && new Address(address.high(), address.low()).isPublic()) {
                own.add(address);
            }
        }
        return new OwnNetworks(own);
    }
}
