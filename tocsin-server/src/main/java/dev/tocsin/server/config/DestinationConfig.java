package dev.tocsin.server.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One place that findings go to; docs/destinations.md explains each key. */
public record DestinationConfig(
        @Setting(value = "Its name; each destination has another.", example = "siem") @Nullable
        String name,

        @Setting(value = "webhook, sns-http, sqs, kafka, file or syslog.", example = "webhook") @Nullable
        String type,

        @Setting(
                value =
                        "guardduty, guardduty-api, eventbridge, ocsf, asff, text, slack or teams. Default: guardduty for"
                                + " file and syslog, else eventbridge.",
                example = "eventbridge")
        @Nullable
        String format,

        @Setting(
                value = "false sends nothing; what comes meanwhile is not kept for it. Default: true.",
                example = "true")
        @Nullable
        Boolean enabled,

        @Setting(
                value = "Of webhook and sns-http: where to, or env:NAME of an environment variable that says it.",
                example = "https://siem.example.com/findings")
        @Nullable
        String url,

        @Setting(
                value =
                        "Of webhook and sns-http: env:NAME of the variable with the secret that messages are signed with.",
                example = "env:SIEM_SECRET")
        @Nullable
        String secret,

        @Setting(
                value = "Of webhook: env:NAME of the variable with the value of the header Authorization.",
                example = "env:SIEM_AUTHORIZATION")
        @Nullable
        String authorization,

        @Setting(
                value = "Of sns-http: ARN that stands in the notifications. Of kafka: the topic's name.",
                example = "arn:aws:sns:eu-central-1:111122223333:findings")
        @Nullable
        String topic,

        @Setting(
                value = "Of sqs: the queue's URL; .fifo keeps order and drops repeats.",
                example = "https://sqs.eu-central-1.amazonaws.com/111122223333/findings.fifo")
        @Nullable
        String queue,

        @Setting(value = "Of kafka: where to begin to ask, HOST:PORT, one or several.", example = "[kafka-1:9092]")
        @Nullable
        List<String> brokers,

        @Setting(
                value =
                        "Of kafka: settings of its client, such as those of SASL and TLS; ${NAME} is what the environment"
                                + " says, and must be what is secret.",
                example = "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512,"
                        + " sasl.jaas.config: '${KAFKA_LOGIN}'}")
        @Nullable
        Map<String, String> properties,

        @Setting(value = "Of file: where the lines are written.", example = "/var/log/tocsin/findings.jsonl") @Nullable
        String path,

        @Setting(value = "Of file: size in MB at which it is put aside. Default: 100.", example = "100") @Nullable
        Integer maxMegabytes,

        @Setting(value = "Of file: older ones kept. Default: 10.", example = "10") @Nullable
        Integer keep,

        @Setting(value = "Of syslog: udp://, tcp:// or tls://HOST:PORT.", example = "tls://syslog.example.com:6514")
        @Nullable
        String server,

        @Setting(
                value = "PEM file of who may sign the receiver's certificate. Default: whom Java trusts.",
                example = "/etc/tocsin/ca.pem")
        @Nullable
        String certificates,

        @Setting(value = "Severity below which findings do not go there. Default: all.", example = "4") @Nullable
        String minSeverity,

        @Setting(value = "Beginnings of the types that go there. Default: all.", example = "['UnauthorizedAccess:']")
        @Nullable
        List<String> types,

        @Setting(value = "Accounts whose findings go there. Default: all.", example = "['111122223333']") @Nullable
        List<String> accounts,

        @Setting(value = "Regions whose findings go there. Default: all.", example = "[eu-central-1]") @Nullable
        List<String> regions,

        @Setting(
                value = "Whether the copies of a global service's finding in other Regions go there. Default: false.",
                example = "false")
        @Nullable
        Boolean replicas,

        @Setting(
                value =
                        "How often findings that go on are sent again: FIFTEEN_MINUTES, ONE_HOUR, SIX_HOURS or DETECTOR,"
                                + " as GuardDuty's API sets it. Default: DETECTOR.",
                example = "FIFTEEN_MINUTES")
        @Nullable
        String frequency,

        @Setting(
                value = "Messages a minute above which findings become one digest; Critical ones never. 0 for none."
                        + " Default: 20 for text, slack and teams, else 0.",
                example = "20")
        @Nullable
        Integer rate,

        @Setting(
                value =
                        "Minutes that it may fail before what waits is dead ('tocsin destinations dead'). Default: 1440.",
                example = "1440")
        @Nullable
        Integer giveUpAfter,

        @Setting(
                value = "Whether it may lie at a link-local address, where a cloud's metadata lives. Default: false.",
                example = "false")
        @Nullable
        Boolean allowLinkLocal) {}
