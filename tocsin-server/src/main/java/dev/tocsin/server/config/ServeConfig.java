package dev.tocsin.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --config} may set for {@code tocsin serve}. A key that is an option's name sets the option; what the command
 * line says wins. Null where the file says nothing.
 */
public record ServeConfig(
        @Setting(value = "Where everything is kept. Default: tocsin-data.", example = "/var/lib/tocsin") @Nullable
        String data,

        @Setting(
                value = "The database; without it a file of the data folder.",
                example = "{url: 'jdbc:postgresql://127.0.0.1:5432/tocsin'}")
        @Nullable
        StoreConfig store,

        @Setting(value = "How long things are kept.", example = "{findings: 365, ledger: forever}") @Nullable
        RetentionConfig retention,

        @Setting(
                value = "How what is analysed is priced (docs/usage.md).",
                example = "{prices: /etc/tocsin/prices.tsv}")
        @Nullable
        UsageConfig usage,

        @Setting(value = "HOST:PORT; port 0 takes a free one and prints it.", example = "127.0.0.1:8420") @Nullable
        String listen,

        @Setting(
                value = "What the service proves itself with; off this machine plain HTTP is refused.",
                example = "{certificate: /etc/tocsin/tls.pem, key: /etc/tocsin/tls-key.pem}")
        @Nullable
        TlsConfig tls,

        @Setting(value = "text, or json: an object a line. Default: text.", example = "json") @Nullable
        String logFormat,

        @Setting(value = "Account of the administrator key that the first start makes.", example = "'111122223333'")
        @Nullable
        String account,

        @Setting(
                value = "Where logs are brought to, each with these keys:",
                example = "[{name: trail, type: folder, path: /var/log/aws}]")
        @Nullable
        List<SourceConfig> sources,

        @Setting(
                value = "Where findings go beside GuardDuty's exports, each with these keys:",
                example =
                        "[{name: siem, type: webhook, url: 'https://siem.example.com/findings', secret: 'env:SIEM_SECRET'}]")
        @Nullable
        List<DestinationConfig> destinations,

        @Setting(
                value = "Where people reach the console, for links in messages. Default: where the service listens.",
                example = "https://tocsin.example.com")
        @Nullable
        String consoleUrl,

        @Setting(
                value = "Accounts whose logs are analysed; others' records are rejected. Default: all.",
                example = "['111122223333']")
        @Nullable
        List<String> accounts,

        @Setting(
                value = "Regions whose logs are analysed; others' records are counted ignored. Default: all.",
                example = "[eu-central-1, us-east-1]")
        @Nullable
        List<String> regions,

        @Setting(value = "Detectors: logs are analysed where the API made one.", example = "{enableAllSeen: true}")
        @Nullable
        DetectorsConfig detectors,

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
                value = "Feeds that are fetched again and again, each a name or with these keys:",
                example = "[{preset: feodo}, {name: partner, url: 'https://lists.example.com/bad.txt', category: c2}]")
        @Nullable
        List<FeedConfig> feeds,

        @Setting(value = "Minutes between two fetches of a feed, 1 or more. Default: 60.", example = "60") @Nullable
        Integer feedsEvery,

        @Setting(
                value = "Your own mmdb files of places or networks, before the tables fetched.",
                example = "[GeoLite2-City.mmdb]")
        @Nullable
        List<String> geo,

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
                        "Accounts that are yours, beside those of the inventory and of accounts: what is shared with them is no"
                                + " finding, stolen credentials used there are Medium.",
                example = "[444455556666]")
        @Nullable
        List<String> affiliatedAccount,

        @Setting(
                value = "Scanners that are yours, by instance, network interface, address or CIDR: no findings.",
                example = "[i-0123456789abcdef0]")
        @Nullable
        List<String> authorizedScanner,

        @Setting(
                value =
                        "Days of history that detectors of habits want before they speak, 0 to 90. Default: as documented.",
                example = "14")
        @Nullable
        Integer learnDays,

        @Setting(
                value =
                        "Named rules that are on everywhere: own (the default), library, all, none, or rules by name. The"
                                + " API turns rules of the library on for one account.",
                example = "[own]")
        @Nullable
        List<String> rules,

        @Setting(
                value = "False alarms that you put up with for what habits of identities find: quiet, normal or keen."
                        + " Default: normal.",
                example = "normal")
        @Nullable
        String anomalyBudget,

        @Setting(value = "Decoders and shards at work at once. Default: all cores.", example = "4") @Nullable
        Integer threads) {}
