package dev.tocsin.server.command;

import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.server.config.Nearest;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/** GuardDuty's features by the names of its API (F4), and which of them are switched off. */
final class Features {

    /** On with the detector; its API cannot switch them off either. */
    private static final List<String> FOUNDATIONAL = List.of("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS");

    private static final List<String> OPTIONAL = List.of(
            "AI_PROTECTION",
            "EBS_MALWARE_PROTECTION",
            "EKS_AUDIT_LOGS",
            "EKS_RUNTIME_MONITORING",
            "LAMBDA_NETWORK_LOGS",
            "RDS_LOGIN_EVENTS",
            "RUNTIME_MONITORING",
            "S3_DATA_EVENTS",
            "TOCSIN_BEHAVIOR");

    private Features() {}

    /** Of the features that types here belong to, those that are off: {@code disabled}. */
    static Set<Feature> off(CommandSpec spec, List<String> enabled, List<String> disabled) {
        Set<String> on = new TreeSet<>();
        enabled.forEach(name -> on.add(named(spec, "--enable", name)));
        Set<Feature> off = EnumSet.noneOf(Feature.class);
        for (String name : disabled) {
            String feature = named(spec, "--disable", name);
            if (FOUNDATIONAL.contains(feature)) {
                throw Inputs.wrong(
                        spec, "--disable: " + feature + " comes with the detector and cannot be switched off");
            }
            if (on.contains(feature)) {
                throw Inputs.wrong(spec, feature + " is both enabled and disabled: give one of --enable, --disable");
            }
            for (Feature known : Feature.values()) {
                if (known.name().equals(feature)) {
                    off.add(known);
                }
            }
        }
        return off;
    }

    private static String named(CommandSpec spec, String option, String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        Set<String> known = new TreeSet<>(OPTIONAL);
        known.addAll(FOUNDATIONAL);
        if (!known.contains(upper)) {
            throw Inputs.wrong(spec, option + ": no feature '" + name + "'" + Nearest.hint(upper, known));
        }
        return upper;
    }
}
