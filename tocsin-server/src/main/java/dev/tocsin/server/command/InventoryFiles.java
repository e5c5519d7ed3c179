package dev.tocsin.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.InventoryReader;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Network;
import dev.tocsin.input.list.OwnNetworks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --inventory} files say. */
final class InventoryFiles {

    private InventoryFiles() {}

    /** The networks in {@code networks} and the public addresses that {@code facts} name. */
    static OwnNetworks own(List<Network> networks, List<InventoryFact> facts) {
        List<Network> own = new ArrayList<>(networks);
        for (InventoryFact fact : facts) {
            Network address = fact.kind() == InventoryFact.Kind.ADDRESS ? Network.parse(fact.id()) : null;
            if (address != null && new Address(address.high(), address.low()).isPublic()) {
                own.add(address);
            }
        }
        return new OwnNetworks(own);
    }

    /** The facts in {@code files}; what names no owner belongs to {@code account}. */
    static List<InventoryFact> read(CommandSpec spec, List<Path> files, @Nullable String account) {
        List<InventoryFact> facts = new ArrayList<>();
        for (Path file : files) {
            try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
                if (InventoryReader.read(json, account, facts::add) == 0) {
                    throw new IOException("no describe answer in it");
                }
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "--inventory: " + file + ": " + e.getMessage());
            }
        }
        return facts;
    }
}
