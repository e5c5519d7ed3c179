package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records count: by time, by feature, by whose network they come from. */
final class SelectionTest extends CommandFixture {

    private static final String S3_DATA = KALI.replace("cloudtrail.amazonaws.com", "s3.amazonaws.com")
            .replace("DescribeTrails", "GetObject")
            .replace("{\"name\":\"main\"}", "{\"bucketName\":\"payroll\",\"key\":\"x\"}")
            .replace("\"eventID\"", "\"eventCategory\":\"Data\",\"managementEvent\":false,\"eventID\"")
            .replace("e-1", "e-2");

    private String ledger(String... options) throws IOException {
        Path ledger = folder.resolveSibling("ledger.json");
        List<String> arguments =
                new ArrayList<>(List.of("analyze", "--format", "jsonl", "--ledger", ledger.toString()));
        arguments.addAll(List.of(options));
        arguments.add(folder.toString());
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        return Files.readString(ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is asked              | options                                                      | findings | accepted | ignored
            everything                   |                                                              | 1 | 1 | 0
            from the event on            | --since 2026-03-01T12:05:00Z                                 | 1 | 1 | 0
            from after the event on      | --since 2026-03-01T12:05:01Z                                 | 0 | 1 | 0
            35 days later it teaches     | --since 2026-04-05T12:05:00Z                                 | 0 | 1 | 0
            and a second later no more   | --since 2026-04-05T12:05:01Z                                 | 0 | 0 | 1
            teaching begins later        | --since 2026-03-02 --teach-since 2026-03-01T13:00:00+00:30   | 0 | 0 | 1
            up to the event              | --until 2026-03-01T12:05:00Z                                 | 1 | 1 | 0
            up to before the event       | --until 2026-03-01T12:04:59Z                                 | 0 | 0 | 1
            """)
    void takesTheTimeAskedFor(String name, String options, int findings, long accepted, long ignored)
            throws IOException {
        object("a.json.gz", KALI);
        String ledger = ledger(options == null ? new String[0] : options.split(" "));
        assertEquals(findings, out.toString().lines().count(), out.toString());
        assertTrue(
                ledger.contains("\"totals\":{\"accepted\":" + accepted + ",\"duplicates\":0,\"ignored\":" + ignored));
        assertEquals(ignored > 0, ledger.contains("\"status\":\"skipped\""), ledger);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # whose event it is         | service    | Regions             | findings | ignored
            each Region met has one     | cloudtrail |                     | 1        | 0
            of a Region with a detector | cloudtrail | us-east-1           | 1        | 0
            of a Region without one     | cloudtrail | eu-west-1           | 0        | 1
            of a global service         | iam        | eu-west-1           | 1        | 0
            """)
    void ignoresEventsOfARegionWithoutADetector(String name, String service, String regions, int findings, int ignored)
            throws IOException {
        object("a.json.gz", KALI.replace("cloudtrail.amazonaws", service + ".amazonaws"));
        String ledger = regions == null ? ledger() : ledger("--enabled-regions", regions);
        assertEquals(findings, out.toString().lines().count(), out.toString());
        assertEquals(ignored > 0, ledger.contains("ignored 1: Region without a detector"), ledger);
    }

    @Test
    void saysWhyRecordsAreIgnored() throws IOException {
        object("a.json.gz", KALI, call("DescribeTrails", 30, "e-3"));
        assertTrue(ledger("--until", "2026-03-01T12:10:00Z")
                .contains("\"message\":\"ignored 1: after 2026-03-01T12:10:00.000Z, the end of the time asked for\""));
    }

    @Test
    void doesNotOpenWhatIsTooOldByItsKey() throws IOException {
        Files.createDirectories(folder.resolve("2026/01/05"));
        Files.writeString(folder.resolve("2026/01/05/x.json"), "this would be refused");
        String ledger = ledger("--since", "2026-03-01");
        assertTrue(ledger.contains("\"status\":\"skipped\""), ledger);
        assertTrue(ledger.contains("not fetched: the date in its key is before 2026-01-25T00:00:00.000Z"), ledger);
    }

    /** Two interfaces talk to a listed address, the second one a function's. */
    private Path functionTraffic() throws IOException {
        StringBuilder log = new StringBuilder(
                "version account-id interface-id instance-id srcaddr dstaddr srcport dstport"
                        + " protocol packets bytes start end action log-status tcp-flags region vpc-id subnet-id flow-direction\n");
        for (String network : List.of("eni-1 i-0123456789abcdef0", "eni-2 -")) {
            log.append("5 111122223333 ")
                    .append(network)
                    .append(" 10.0.0.1 198.51.100.7 40000 443 6 10 840 1772366400 1772366430 ACCEPT OK 3 us-east-1"
                            + " vpc-1 subnet-1 egress\n");
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("flow.log"), log);
        Files.writeString(folder.resolveSibling("bad.txt"), "198.51.100.7\n");
        return Files.writeString(
                folder.resolveSibling("interfaces.json"),
                "{\"NetworkInterfaces\":[{\"NetworkInterfaceId\":\"eni-2\",\"OwnerId\":\"111122223333\",\"VpcId\":"
                        + "\"vpc-1\",\"SubnetId\":\"subnet-1\",\"InterfaceType\":\"lambda\",\"PrivateIpAddress\":\"10.0.0.1\","
                        + "\"Description\":\"AWS Lambda VPC ENI-orders-1b2c\",\"Groups\":[{\"GroupId\":\"sg-1\"}]}]}");
    }

    @Test
    void withLambdaProtectionOffNothingOfFunctionsIsAnalysed() throws IOException {
        String inventory = functionTraffic().toString();
        String list = folder.resolveSibling("bad.txt").toString();
        String on = ledger("--inventory", inventory, "--threat-list", list);
        assertTrue(out.toString().contains("UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom"), out.toString());
        assertTrue(out.toString().contains("UnauthorizedAccess:EC2/MaliciousIPCaller.Custom"), out.toString());
        assertTrue(on.contains("\"accepted\":2,\"duplicates\":0,\"ignored\":0"), on);
        out.getBuffer().setLength(0);
        String off = ledger("--inventory", inventory, "--threat-list", list, "--disable", "LAMBDA_NETWORK_LOGS");
        assertFalse(out.toString().contains(":Lambda/"), out.toString());
        assertTrue(out.toString().contains("UnauthorizedAccess:EC2/MaliciousIPCaller.Custom"), out.toString());
        assertTrue(off.contains("\"accepted\":1,\"duplicates\":0,\"ignored\":1"), off);
        assertTrue(off.contains("ignored 1: feature LAMBDA_NETWORK_LOGS off"), off);
    }

    @Test
    void leavesOutTheRecordsOfAFeatureThatIsOff() throws IOException {
        object("a.json.gz", S3_DATA);
        ledger();
        assertTrue(out.toString().contains("PenTest:S3/KaliLinux"), out.toString());
        out.getBuffer().setLength(0);
        String ledger = ledger("--disable", "s3_data_events", "--coverage");
        assertFalse(out.toString().contains("\"type\":\"PenTest:S3/KaliLinux\",\"resource\""), out.toString());
        assertTrue(ledger.contains("ignored 1: feature S3_DATA_EVENTS off"), ledger);
        assertTrue(out.toString().contains("\"reason\":\"feature S3_DATA_EVENTS is off"), out.toString());
    }

    @Test
    void aKeyThatLeakedIsNotStolenAtHome() throws IOException {
        object("a.json.gz", KALI.replace("\"userName\"", "\"accessKeyId\":\"AKIAIOSFODNN7EXAMPLE\",\"userName\""));
        Path intel = folder.resolveSibling("intel.tsv");
        Files.writeString(intel, "indicator\tkind\tcategory\nAKIAIOSFODNN7EXAMPLE\taccess-key\tcompromised-key\n");
        ledger("--intel", intel.toString());
        assertTrue(out.toString().contains("CompromisedCredentials"), out.toString());
        out.getBuffer().setLength(0);
        ledger("--intel", intel.toString(), "--own-network", "192.0.2.0/24,203.0.113.0/28");
        assertFalse(out.toString().contains("CompromisedCredentials"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --since yesterday                           | --since': expected a time such as 2026-03-02T16:20:00Z or 2026-03-02, found 'yesterday'
            --since 2026-03-02 --until 2026-03-01       | --until 2026-03-01T00:00:00Z is before --since 2026-03-02T00:00:00Z
            --since 2026-03-02 --teach-since 2026-03-03 | leave it out for 35 days
            --own-network 203.0.113                     | expected an address or CIDR such as 203.0.113.0/24, found '203.0.113'
            --disable S3_DATA_EVENT                     | no feature 'S3_DATA_EVENT'; did you mean S3_DATA_EVENTS?
            --enable MAGIC                              | no feature 'MAGIC'; there are AI_PROTECTION, CLOUD_TRAIL, DNS_LOGS
            --disable FLOW_LOGS                         | FLOW_LOGS comes with the detector and cannot be switched off
            --enable S3_DATA_EVENTS --disable S3_DATA_EVENTS | S3_DATA_EVENTS is both enabled and disabled
            --learn-days 91                             | --learn-days: expected 0 to 90, found 91
            """)
    void refusesWhatCannotBe(String options, String message) throws IOException {
        object("a.json.gz", KALI);
        assertEquals(2, tocsin(("analyze " + options + " " + folder).split(" ")));
        assertTrue(err.toString().contains(message), err.toString());
    }
}
