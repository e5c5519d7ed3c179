package dev.tocsin.server.command;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.Scanners;
import dev.tocsin.core.identity.Budget;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.rule.RulesInForce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What commands that run the engine are told beside lists: resources and networks of one's own, history, threads. */
final class EngineOptions {

    /** A profile remembers 90 days (design: A finding's life). */
    private static final int MOST_LEARN_DAYS = 90;

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "Repeatable. What EC2's describe calls and Lambda's ListFunctions answer, as JSON.")
    private List<Path> inventory = List.of();

    @Option(
            names = "--own-network",
            paramLabel = "CIDR",
            split = ",",
            description = "Egress, VPN and office networks that are yours: credentials used from there are not stolen.")
    private List<String> ownNetworks = List.of();

    @Option(
            names = "--affiliated-account",
            paramLabel = "ID",
            split = ",",
            description =
                    "Accounts that are yours, beside those of the inventory and those whose logs are read: what is shared"
                            + " with them is no finding, stolen credentials used there are Medium.")
    private List<String> affiliatedAccounts = List.of();

    @Option(
            names = "--authorized-scanner",
            paramLabel = "HOST",
            split = ",",
            description = "Scanners that are yours, by instance, network interface, address or CIDR: their scans and"
                    + " password tries are no findings.")
    private List<String> authorizedScanners = List.of();

    @Option(
            names = "--learn-days",
            paramLabel = "N",
            description =
                    "Days of history that detectors of habits want before they speak, 0 to 90; default: as documented.")
    private @Nullable Integer learnDays;

    @Option(
            names = "--rules",
            paramLabel = "own|library|all|none|NAME",
            split = ",",
            description = "Named rules that are on: ours that are precise (own, the default), GuardDuty's library, all,"
                    + " none, or rules by name; several add up. 'tocsin rules' lists them.")
    private List<String> rules = List.of();

    @Option(
            names = "--anomaly-budget",
            paramLabel = "PRESET",
            description = "False alarms that you put up with for what habits of identities find: quiet (about 0.2 an"
                    + " account and day), normal (0.5, the default) or keen (0.9, for a hunt); docs/identity.md"
                    + " has what each finds.")
    private Budget anomalyBudget = Budget.NORMAL;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all cores. The result never depends on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Ends the command of {@code spec} with code 2 if a value cannot be. */
    void check(CommandSpec spec) {
        if (threads < 1) {
            throw Inputs.wrong(spec, "--threads: expected 1 or more, found " + threads);
        }
        if (learnDays != null && (learnDays < 0 || learnDays > MOST_LEARN_DAYS)) {
            throw Inputs.wrong(spec, "--learn-days: expected 0 to " + MOST_LEARN_DAYS + ", found " + learnDays);
        }
        networks(spec);
        scanners(spec);
        rules(spec);
        for (String id : affiliatedAccounts) {
            if (!ACCOUNT.matcher(id).matches()) {
                throw Inputs.wrong(spec, "--affiliated-account: expected 12 digits, found " + id);
            }
        }
    }

    /** Accounts of one's own: those named, and those of {@code facts}. */
    Set<String> affiliated(List<InventoryFact> facts) {
        Set<String> accounts = new TreeSet<>(affiliatedAccounts);
        facts.forEach(fact -> accounts.add(fact.account()));
        return accounts;
    }

    /** The named rules that are on. */
    RulesInForce rules(CommandSpec spec) {
        return RuleNames.inForce(spec, rules);
    }

    /** Scanners that are authorised. */
    Scanners scanners(CommandSpec spec) {
        Set<String> ids = new TreeSet<>();
        List<String> networks = new ArrayList<>();
        for (String scanner : authorizedScanners) {
            if (scanner.startsWith("i-") || scanner.startsWith("eni-")) {
                ids.add(scanner);
            } else {
                networks.add(scanner);
            }
        }
        return new Scanners(ids, Inputs.networks(spec, "--authorized-scanner", networks));
    }

    /** Networks of one's own. */
    List<Network> networks(CommandSpec spec) {
        return Inputs.networks(spec, "--own-network", ownNetworks);
    }

    /**
     * What the inventory files say.
     *
     * @param account of resources that name none, or null
     */
    List<InventoryFact> inventory(CommandSpec spec, @Nullable String account) {
        return InventoryFiles.read(spec, inventory, account);
    }

    /** Days of history that detectors of habits want, or null for the documented ones. */
    @Nullable
    Integer learnDays() {
        return learnDays;
    }

    /** False alarms that the operator puts up with for what habits of identities find. */
    Budget anomalyBudget() {
        return anomalyBudget;
    }

    /** Decoders and shards at work at once, 1 or more. */
    int threads() {
        return threads;
    }
}
