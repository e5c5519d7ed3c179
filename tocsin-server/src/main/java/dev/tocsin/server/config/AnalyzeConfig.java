package dev.tocsin.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --config} may set for {@code tocsin analyze} and the other commands that read logs. Each key is an option of
 * the same name; what the command line says wins. Null where the file says nothing.
 */
public record AnalyzeConfig(
        @Setting(
                value = "Files and folders of logs, s3://bucket/prefix. Used if the command line names none.",
                example = "[logs/]")
        @Nullable
        List<String> paths,

        @Setting(
                value = "table, jsonl, json, html or csv. Default: table on a terminal, else jsonl.",
                example = "jsonl")
        @Nullable
        String format,

        @Setting(value = "File for the findings. Default: standard output.", example = "findings.jsonl") @Nullable
        String output,

        @Setting(value = "File for what became of every object.", example = "ledger.json") @Nullable
        String ledger,

        @Setting(
                value = "Your own lists of addresses, CIDRs and domains, [NAME=]FILE[:FORMAT]: the .Custom types.",
                example = "[partners=blocked.txt]")
        @Nullable
        List<String> threatList,

        @Setting(value = "Your own lists of what is never a finding.", example = "[office=trusted.txt]") @Nullable
        List<String> trustedList,

        @Setting(value = "Intelligence with categories, FILE[:FORMAT].", example = "[intel.tsv.gz]") @Nullable
        List<String> intel,

        @Setting(
                value = "Your own mmdb files of places or networks, before the tables fetched.",
                example = "[GeoLite2-City.mmdb]")
        @Nullable
        List<String> geo,

        @Setting(
                value = "Where 'tocsin lists update' keeps what it fetches; default ~/.tocsin.",
                example = "/var/lib/tocsin")
        @Nullable
        String data,

        @Setting(value = "Use nothing that 'tocsin lists update' fetched.", example = "true") @Nullable
        Boolean noFeeds,

        @Setting(
                value = "Take list entries refused as too wide, a public suffix or your own addresses.",
                example = "true")
        @Nullable
        Boolean forceLists,

        @Setting(
                value = "What EC2's describe calls and Lambda's ListFunctions answer, as JSON.",
                example = "[instances.json]")
        @Nullable
        List<String> inventory,

        @Setting(
                value = "Egress, VPN and office networks that are yours: credentials used from there are not stolen.",
                example = "[203.0.113.0/24]")
        @Nullable
        List<String> ownNetwork,

        @Setting(
                value =
                        "Accounts that are yours, beside those of the inventory and those whose logs are read: what is shared"
                                + " with them is no finding, stolen credentials used there are Medium.",
                example = "[444455556666]")
        @Nullable
        List<String> affiliatedAccount,

        @Setting(
                value = "Scanners that are yours, by instance, network interface, address or CIDR: no findings.",
                example = "[i-0123456789abcdef0]")
        @Nullable
        List<String> authorizedScanner,

        @Setting(value = "Account of records that name none.", example = "'111122223333'") @Nullable
        String account,

        @Setting(value = "Region of records that name none.", example = "eu-central-1") @Nullable
        String region,

        @Setting(
                value = "Regions that have a detector. Default: the Regions met.",
                example = "[eu-central-1, us-east-1]")
        @Nullable
        List<String> enabledRegions,

        @Setting(
                value = "Features by GuardDuty's names. Default: on for the data that is there.",
                example = "[LAMBDA_NETWORK_LOGS]")
        @Nullable
        List<String> enable,

        @Setting(
                value = "Features that are off: their records are counted ignored, their types are silent.",
                example = "[S3_DATA_EVENTS]")
        @Nullable
        List<String> disable,

        @Setting(
                value =
                        "Days of history that detectors of habits want before they speak, 0 to 90. Default: as documented.",
                example = "14")
        @Nullable
        Integer learnDays,

        @Setting(
                value = "Named rules that are on: own (the default), library, all, none, or rules by name.",
                example = "[own, library]")
        @Nullable
        List<String> rules,

        @Setting(
                value = "False alarms that you put up with for what habits of identities find: quiet, normal or keen."
                        + " Default: normal.",
                example = "normal")
        @Nullable
        String anomalyBudget,

        @Setting(
                value = "Only findings of events from then on, ISO 8601; earlier ones still teach.",
                example = "'2026-03-01T00:00:00Z'")
        @Nullable
        String since,

        @Setting(value = "Only events up to then.", example = "'2026-03-08T00:00:00Z'") @Nullable
        String until,

        @Setting(
                value = "How far back events teach. Default: 35 days before since.",
                example = "'2026-02-01T00:00:00Z'")
        @Nullable
        String teachSince,

        @Setting(value = "Folder for profiles and findings, to go on from next time.", example = "state") @Nullable
        String state,

        @Setting(value = "With state: print all findings it holds. Default: false.", example = "true") @Nullable
        Boolean all,

        @Setting(value = "Decoders and shards at work at once. Default: all cores.", example = "4") @Nullable
        Integer threads,

        @Setting(value = "Exit 1 when a finding is at least low, medium, high or critical.", example = "high") @Nullable
        String failOn,

        @Setting(value = "End JSON output with what each finding type could judge. Default: false.", example = "true")
        @Nullable
        Boolean coverage,

        @Setting(value = "Also say which ten causes make most findings. Default: false.", example = "true") @Nullable
        Boolean noise,

        @Setting(value = "No progress and no summary on standard error. Default: false.", example = "true") @Nullable
        Boolean quiet,

        @Setting(value = "A progress bar: auto, always or never. Default: auto, on a terminal.", example = "never")
        @Nullable
        String progress) {}
