package dev.tocsin.server.command;

import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.list.ListArgument;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that name threat lists, and what they load. */
final class ListOptions {

    @Option(
            names = "--threat-list",
            paramLabel = "[NAME=]FILE[:FORMAT]",
            description = "Your own list of addresses, CIDRs and domains: the .Custom types. Repeatable.")
    private List<String> threats = List.of();

    @Option(
            names = "--trusted-list",
            paramLabel = "[NAME=]FILE[:FORMAT]",
            description = "Your own list of what is never a finding. Repeatable.")
    private List<String> trusted = List.of();

    @Option(
            names = "--intel",
            paramLabel = "FILE[:FORMAT]",
            description = "Intelligence with categories (TSV or a feed's format). Repeatable.")
    private List<String> intel = List.of();

    private final Set<String> categories = new TreeSet<>();
    private final List<ListReport> reports = new ArrayList<>();

    /** All lists read into one snapshot; a list that is refused or not there ends the command. */
    Intelligence load(CommandSpec spec) {
        Intelligence.Builder into = new Intelligence.Builder();
        threats.forEach(text -> read(spec, "--threat-list", text, IndicatorList.Kind.OPERATOR_THREAT, into));
        trusted.forEach(text -> read(spec, "--trusted-list", text, IndicatorList.Kind.OPERATOR_TRUSTED, into));
        intel.forEach(text -> read(spec, "--intel", text, IndicatorList.Kind.INTEL, into));
        Intelligence loaded = into.build();
        loaded.categories().forEach(category -> categories.add(category.wireName()));
        return loaded;
    }

    private void read(
            CommandSpec spec, String option, String text, IndicatorList.Kind kind, Intelligence.Builder into) {
        ListArgument list = ListArgument.parse(text);
        ListRequest request = ListRequest.of(list.name(), kind).as(list.format());
        try (InputStream bytes = Files.newInputStream(Path.of(list.file()))) {
            ListReport report = ListReader.read(request, bytes, into);
            if (!report.active()) {
                throw Inputs.wrong(spec, option + ": " + list.file() + ": " + report.message());
            }
            reports.add(report);
        } catch (IOException e) {
            throw Inputs.wrong(spec, option + ": " + list.file() + ": cannot be read: " + e.getMessage());
        }
    }

    /** The categories of the entries loaded. */
    Set<String> categories() {
        return categories;
    }

    /** What a person should know of the lists before the findings, a line each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (reports.isEmpty()) {
            notes.add(
                    "No threat list is loaded: types that need one stay silent. Give --intel FILE or --threat-list FILE.");
        }
        for (ListReport report : reports) {
            report.warnings()
                    .forEach(warning -> notes.add(Plain.text(report.list().name() + ": " + warning)));
            if (report.rejected() > 0) {
                notes.add(Plain.text(report.list().name() + ": " + report.rejected() + " entries rejected, first "
                        + report.rejections().getFirst()));
            }
        }
        return notes;
    }
}
