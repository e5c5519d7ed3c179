package dev.tocsin.server.command;

import dev.tocsin.server.agent.AgentMain;
import dev.tocsin.server.config.AgentConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ExampleConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin agent}: brings what a tool on this host sees to a service. */
@Command(
        name = "agent",
        description =
                "Follows what auditd, Tracee, Tetragon, Falco or osquery writes on this host, and sends it to a service"
                        + " (docs/agent.md). It runs until it is ended.",
        footer = {
            "",
            "Examples:",
            "  tocsin agent --example-config > /etc/tocsin/agent.yaml",
            "  tocsin agent --config /etc/tocsin/agent.yaml"
        })
final class AgentCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML; 'tocsin agent --example-config' prints all keys.")
    private @Nullable Path config;

    @Option(names = "--example-config", description = "Print a configuration with every key explained, and end.")
    private boolean exampleConfig;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (exampleConfig) {
            spec.commandLine().getOut().print(ExampleConfig.of(AgentConfig.class));
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (config == null) {
            throw Inputs.wrong(spec, "--config is missing; 'tocsin agent --example-config' prints one to begin with");
        }
        try {
            AgentMain.run(config, this::say);
            return 0;
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
