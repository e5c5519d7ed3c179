package dev.tocsin.server.command;

import dev.tocsin.core.intel.Network;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that read logs have in common. */
final class Inputs {

    private Inputs() {}

    /** The networks that {@code texts} of {@code option} name. */
    static List<Network> networks(CommandSpec spec, String option, List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            Network network = Network.parse(text.strip());
            if (network == null) {
                throw wrong(
                        spec, option + ": expected an address or CIDR such as 203.0.113.0/24, found '" + text + "'");
            }
            networks.add(network);
        }
        return networks;
    }

    /** Whether a person sits at a terminal. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** The exit with code 2 that says what is wrong. */
    static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
