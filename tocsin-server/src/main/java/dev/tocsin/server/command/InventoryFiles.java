package dev.tocsin.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.inventory.InventoryReader;
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
