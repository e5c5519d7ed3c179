package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ListedNameTest {

    private static final long AT = 1_772_366_400;

    static NameQuery query(String name, String type, String answers, String firewall) {
        List<NameQuery.Answer> list = new ArrayList<>();
        if (answers != null) {
            for (String answer : answers.split(", ", -1)) {
                String[] parts = answer.split(" ", 2);
                list.add(new NameQuery.Answer(parts[0], parts[1]));
            }
        }
        return new NameQuery(
                new Origin(LogObject.named("dns"), 0),
                AT,
                "111122223333",
                "us-east-1",
                "vpc-1",
                name,
                type,
                "NOERROR",
                list,
                "10.0.0.5",
                40000,
                "UDP",
                "i-1",
                null,
                null,
                firewall,
                42);
    }

    private static CallFixture lists(IndicatorList.Kind kind, Category category) {
        return new CallFixture()
                .list(
                        kind,
                        AT - 86_400,
                        Indicator.of("evil.example", Indicator.Kind.DOMAIN, 0, category),
                        Indicator.of("203.0.113.66", Indicator.Kind.IP, 0, Category.BLACKHOLE),
                        Indicator.of("127.0.0.2", Indicator.Kind.IP, 0, Category.BLACKHOLE),
                        Indicator.of("10.0.0.9", Indicator.Kind.IP, 0, Category.BLACKHOLE));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what is asked                          | name                         | type | answer                                      | findings
            the listed name                          | evil.example                 | A    | A 192.0.2.1                                 | 1
            a name below it                          | a.b.evil.example             | AAAA | none                                        | 1
            a name that merely ends so               | notevil.example              | A    | none                                        | 0
            the parent                               | example                      | A    | none                                        | 0
            behind a search suffix                   | evil.example.ec2.internal    | A    | none                                        | 0
            in a Region's suffix                     | evil.example.eu-west-1.compute.internal | A | none                                | 0
            in a block list's zone                   | evil.example.dbl.spam.test   | A    | A 127.0.1.2                                 | 0
            a reverse look-up                        | 66.113.0.203.in-addr.arpa    | PTR  | PTR evil.example                            | 0
            an alias of it                           | www.good.test                | A    | CNAME cdn.evil.example, A 192.0.2.1         | 1
            an alias of it in own suffix             | db.ec2.internal              | A    | CNAME evil.example                          | 0
            mail exchangers                          | evil.example                 | MX   | none                                        | 0
            sender policy                            | evil.example                 | TXT  | TXT "v=spf1 -all"                           | 0
            sender policy below                      | mail.evil.example            | TXT  | TXT "v=spf1 -all"                           | 0
            message policy                           | _dmarc.evil.example          | TXT  | none                                        | 0
            mail key                                 | s1._domainkey.evil.example   | TXT  | none                                        | 0
            a tunnel in TXT                          | 4a6f.t.evil.example          | TXT  | TXT "x"                                     | 1
            """)
    void matchesNames(String what, String name, String type, String answer, int findings) {
        List<Signal> signals =
                lists(IndicatorList.Kind.INTEL, Category.C2).signals(new ListedName(), query(name, type, answer, null));
        assertEquals(findings, signals.size());
        signals.forEach(signal ->
                assertEquals("Backdoor:EC2/C&CActivity.B!DNS", signal.type().name()));
    }

    @Test
    void anOwnListSpeaksForMailLookUpsToo() {
        assertEquals(
                List.of("Impact:EC2/MaliciousDomainRequest.Custom"),
                types(lists(IndicatorList.Kind.OPERATOR_THREAT, Category.CUSTOM)
                        .signals(new ListedName(), query("evil.example", "MX", null, null))));
        assertEquals(
                List.of(),
                types(lists(IndicatorList.Kind.OPERATOR_TRUSTED, Category.CUSTOM)
                        .signals(new ListedName(), query("evil.example", "A", null, null))));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void eachCategoryHasItsType(Category category) {
        String expected = switch (category) {
            case C2 -> "Backdoor:EC2/C&CActivity.B!DNS";
            case CRYPTOMINING -> "CryptoCurrency:EC2/BitcoinTool.B!DNS";
            case PHISHING -> "Trojan:EC2/PhishingDomainRequest!DNS";
            case DRIVE_BY -> "Trojan:EC2/DriveBySourceTraffic!DNS";
            case DGA -> "Trojan:EC2/DGADomainRequest.C!DNS";
            case EXFILTRATION -> "Trojan:EC2/DropPoint!DNS";
            case BLACKHOLE -> "Trojan:EC2/BlackholeTraffic!DNS";
            case MALWARE -> "Impact:EC2/MaliciousDomainRequest.Reputation";
            case SUSPICIOUS -> "Impact:EC2/SuspiciousDomainRequest.Reputation";
            case ABUSED -> "Impact:EC2/AbusedDomainRequest.Reputation";
            case CRYPTOCURRENCY -> "Impact:EC2/BitcoinDomainRequest.Reputation";
            case TOR,
                    TOR_EXIT,
                    TOR_GUARD,
                    TOR_AUTHORITY,
                    SCANNER,
                    COMPROMISED_KEY,
                    PARKING,
                    LOOKUP_SERVICE,
                    REMOTE_TOOL,
                    AWS,
                    CUSTOM -> "";
        };
        assertEquals(
                expected,
                String.join(
                        ",",
                        types(lists(IndicatorList.Kind.INTEL, category)
                                .signals(new ListedName(), query("evil.example", "A", null, null)))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # answer                   | address                        | findings
            a listed sinkhole          | A 203.0.113.66                 | 1
            the same as IPv6           | AAAA ::ffff:203.0.113.66       | 1
            another address            | A 203.0.113.67                 | 0
            zero                       | A 0.0.0.0                      | 0
            loopback, though listed    | A 127.0.0.2                    | 0
            private, though listed     | A 10.0.0.9                     | 0
            no address                 | A nothing                      | 0
            """)
    void aSinkholeAnswersABlackHole(String what, String answer, int findings) {
        assertEquals(
                findings == 0 ? List.of() : List.of("Trojan:EC2/BlackholeTraffic!DNS"),
                types(lists(IndicatorList.Kind.INTEL, Category.C2)
                        .signals(new ListedName(), query("www.good.test", "A", answer, null))));
    }

    @Test
    void theFindingSaysWhatGuardDutyWould() {
        Signal signal = lists(IndicatorList.Kind.INTEL, Category.C2)
                .signals(new ListedName(), query("a.evil.example", "A", null, "BLOCK"))
                .getFirst();
        assertEquals(
                "{\"actionType\":\"DNS_REQUEST\",\"dnsRequestAction\":{\"domain\":\"a.evil.example\",\"protocol\":\"UDP\","
                        + "\"blocked\":true,\"domainWithSuffix\":\"evil.example\",\"vpcOwnerAccountId\":\"111122223333\"}}",
                signal.action().toJson());
        assertEquals("evil.example", signal.matches().getFirst().entry());
        assertEquals("list", signal.additional().text("threatListName"));
        assertEquals("i-1", signal.subject().key());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                               | name                          | answer                                       | findings
            a public name                        | rebind.example.com            | A 169.254.169.254                            | 1
            a public name by IPv6                | rebind.example.com            | AAAA fd00:ec2::254                           | 1
            through an alias                     | rebind.example.com            | CNAME x.example.net, A 169.254.169.254       | 1
            an alias of the metadata name        | rebind.example.com            | CNAME instance-data.ec2.internal             | 1
            AWS's own name                       | instance-data.ec2.internal    | A 169.254.169.254                            | 0
            AWS's own short name                 | instance-data                 | A 169.254.169.254                            | 0
            AWS's own name in a Region           | instance-data.eu-west-1.compute.internal | A 169.254.169.254                 | 0
            another link-local address           | rebind.example.com            | A 169.254.169.253                            | 0
            a text that holds it                 | rebind.example.com            | TXT 169.254.169.254                          | 0
            """)
    void tellsMetadataRebinding(String what, String name, String answer, int findings) {
        assertEquals(
                findings,
                new CallFixture()
                        .signals(new MetadataDnsRebind(), query(name, "A", answer, null))
                        .size());
    }

    private static List<String> types(List<Signal> signals) {
        return signals.stream().map(signal -> signal.type().name()).toList();
    }
}
