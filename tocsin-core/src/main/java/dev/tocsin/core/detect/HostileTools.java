package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Match;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Mark;
import dev.tocsin.core.process.Offensive;
import dev.tocsin.core.process.ProcessEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of programs that are known for what they are: miners, attackers' tools, listed files. */
final class HostileTools implements HostDetector {

    static final FindingType MINER = HostTypes.named("Impact:Runtime/CryptoMinerExecuted", HostTypes.HIGH)
            .texts(
                    "A cryptocurrency miner was executed on {host}.",
                    "Process {process} on {host} is a miner of cryptocurrency, by its name or by what it was told to do.")
            .firesWhen("a program starts whose file has a miner's name, or whose command line names a pool by"
                    + " stratum+tcp, stratum+ssl or the options that miners alone have.")
            .doesNotSee("miners under another name with a configuration file; package managers that install one.")
            .nextSteps("If mining is not what this host is for, find out how the miner came there.")
            .technique("T1496")
            .build();

    static final FindingType TOOL = HostTypes.named("Execution:Runtime/SuspiciousTool", HostTypes.LOW)
            .texts(
                    "A suspicious tool ({tool}) was executed on {host}.",
                    "Process {process} on {host} is a tool that attackers use ({category}).")
            .firesWhen("a program starts whose file has the name of a tool that attackers and testers alone use"
                    + " (severity High); or of one that administrators use too, a scanner, sniffer or relay (Low), where "
                    + HostTypes.SUSPICIOUS + ".")
            .doesNotSee("tools under another name; scanners and sniffers that an administrator or an agent starts.")
            .nextSteps("If it is a test, suppress by host or time. If not, see who brought the tool.")
            .technique("T1588.002")
            .build();

    static final FindingType LISTED = HostTypes.named("Execution:Runtime/MaliciousFileExecuted", HostTypes.HIGH)
            .texts(
                    "A file known as malicious was executed on {host}.",
                    "Process {process} on {host} runs a file whose SHA-256 is on list {list} ({threat}).")
            .firesWhen("a program starts whose SHA-256, as the tool gives it, is on a list.")
            .doesNotSee("tools that give no digest: of Tracee it is asked for, auditd has none; changed files.")
            .nextSteps("Isolate the host, save the file, and look for it elsewhere by its digest.")
            .technique("T1204.002")
            .needs("malware")
            .build();

    static final FindingType CUSTOM = HostTypes.named("Execution:Runtime/MaliciousFileExecuted.Custom", HostTypes.HIGH)
            .texts(
                    "A file on a threat list of your own was executed on {host}.",
                    "Process {process} on {host} runs a file whose SHA-256 is on your list {list}.")
            .firesWhen(
                    "a program starts whose SHA-256, as the tool gives it, is on a threat list of the operator's own.")
            .doesNotSee("files that are there and not run; tools that give no digest.")
            .nextSteps("Do what the list is for.")
            .technique("T1204.002")
            .needs("custom")
            .build();

    private static final Pattern MINING = Pattern.compile("stratum2?\\+(?:tcp|ssl|tls|udp)://|--donate-level[ =]"
            + "|--nicehash(?: |$)|--randomx-|--coin[ =](?:monero|xmr)|-a (?:randomx|cryptonight|rx/0|kawpow|ethash)");

    @Override
    public List<FindingType> types() {
        return List.of(MINER, TOOL, LISTED, CUSTOM);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.EXEC);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        if (event.failed()) {
            return;
        }
        ProcessEntry process = view.process();
        listed(process.sha256(), event, view, context, out);
        String name = process.program();
        if (process.has(Mark.PACKAGE) && !process.isSuspicious()) {
            return;
        }
        if (Offensive.isMiner(name) || mines(process.commandLine())) {
            out.accept(HostSignal.of(MINER, event, view)
                    .context("threatFilePath", process.path())
                    .build());
            return;
        }
        String script = event.path() == null
                ? name
                : event.path().substring(event.path().lastIndexOf('/') + 1);
        String only = Offensive.only(name) == null ? Offensive.only(script) : Offensive.only(name);
        if (only != null) {
            tool(only, HostTypes.HIGH, event, view, out);
        } else if (Offensive.dual(name) != null && view.before().isSuspicious()) {
            tool(String.valueOf(Offensive.dual(name)), HostTypes.LOW, event, view, out);
        }
    }

    private static boolean mines(@Nullable String commandLine) {
        return commandLine != null
                && commandLine.indexOf('-') >= 0
                && MINING.matcher(commandLine.toLowerCase(Locale.ROOT)).find()
                && !commandLine.startsWith("grep ");
    }

    private static void tool(String category, double severity, HostEvent event, HostView view, Consumer<Signal> out) {
        String tool = view.process().program();
        out.accept(HostSignal.of(TOOL, event, view)
                .severity(severity)
                .fact("tool", tool)
                .fact("category", category)
                .context("toolName", tool)
                .context("toolCategory", category)
                .build());
    }

    private static void listed(
            @Nullable String sha256, HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        Match match = sha256 == null || context.intelligence().size() == 0
                ? null
                : context.intelligence().sha256(sha256.toLowerCase(Locale.ROOT));
        if (match == null || !match.fires()) {
            return;
        }
        say(CUSTOM, match, true, event, view, out);
        say(LISTED, match, false, event, view, out);
    }

    private static void say(
            FindingType type, Match match, boolean own, HostEvent event, HostView view, Consumer<Signal> out) {
        List<ThreatMatch> matches = match.hits().stream()
                .filter(Hit::fires)
                .filter(hit -> own == (hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT))
                .map(Hit::evidence)
                .toList();
        if (!matches.isEmpty()) {
            out.accept(HostSignal.of(type, event, view)
                    .matches(matches)
                    .context("threatFilePath", view.process().path())
                    .build());
        }
    }
}
