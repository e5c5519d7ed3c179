package dev.tocsin.server.command;

import dev.tocsin.server.config.AgentConfig;
import dev.tocsin.server.config.AnalyzeConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.ServeConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command with what its {@code --config} file says beside what the command line says, which wins. */
final class ConfigArguments {

    /** The key that stands for PATH. */
    private static final String PATHS = "paths";

    private ConfigArguments() {}

    /** Runs the command that was parsed. */
    static int run(ParseResult parsed) {
        CommandLine root = parsed.commandSpec().commandLine();
        ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        Path file = command.commandSpec().findOption("--config") == null
                ? null
                : command.matchedOptionValue("--config", null);
        if (file == null) {
            return new RunLast().execute(parsed);
        }
        List<String> arguments = new ArrayList<>(parsed.originalArgs());
        int name = arguments.indexOf(command.commandSpec().name());
        arguments.addAll(name + 1, read(command, file));
        try {
            return new RunLast().execute(root.parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            String message = file + ": " + e.getMessage();
            throw e.getArgSpec() == null && e.getValue() == null
                    ? new ParameterException(e.getCommandLine(), message, e)
                    : new ParameterException(e.getCommandLine(), message, e, e.getArgSpec(), e.getValue());
        }
    }

    private static List<String> read(ParseResult command, Path file) {
        try {
            return arguments(command, ConfigFile.read(file, form(command)));
        } catch (ConfigException e) {
            throw new ParameterException(command.commandSpec().commandLine(), "--config: " + e.getMessage());
        }
    }

    private static Class<? extends Record> form(ParseResult command) {
        return switch (command.commandSpec().name()) {
            case "serve" -> ServeConfig.class;
            case "agent" -> AgentConfig.class;
            default -> AnalyzeConfig.class;
        };
    }

    /** What {@code config} says, as arguments of the command, but for what the command line says or does not know. */
    private static List<String> arguments(ParseResult command, Record config) {
        List<String> arguments = new ArrayList<>();
        for (RecordComponent key : config.getClass().getRecordComponents()) {
            Object value = value(key, config);
            if (key.getName().equals(PATHS)) {
                if (command.matchedPositionals().isEmpty() && value instanceof List<?> paths) {
                    paths.forEach(path -> arguments.add(String.valueOf(path)));
                }
                continue;
            }
            OptionSpec option = command.commandSpec().findOption(option(key.getName()));
            if (value != null && option != null && !command.hasMatchedOption(option)) {
                add(arguments, option.longestName(), value);
            }
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, Object value) {
        if (value instanceof List<?> values) {
            values.forEach(one -> arguments.add(option + "=" + one));
        } else if (value instanceof Boolean on) {
            if (on) {
                arguments.add(option);
            }
        } else {
            arguments.add(option + "=" + value);
        }
    }

    /** The option that key {@code name} stands for: {@code learnDays} is {@code --learn-days}. */
    static String option(String name) {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object value(RecordComponent key, Record config) {
        try {
            return key.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor cannot be called", e);
        }
    }
}
