package dev.tocsin.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.InventoryReader;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.StolenCredentials;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the inventory says to signals of stolen credentials. */
final class CredentialPlacesTest {

    private static final String INSTANCE = "i-0123456789abcdef0";

    private static final String DESCRIBED = """
            {"Account": "111122223333",
             "Addresses": [{"AllocationId": "eipalloc-1", "PublicIp": "203.0.113.50"}],
             "NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "NatGatewayAddresses":
               [{"NetworkInterfaceId": "eni-9", "PublicIp": "203.0.113.60", "PrivateIp": "10.0.0.60"}]}],
             "InstanceProfiles": [{"InstanceProfileName": "profile", "Arn": "arn:aws:iam::111122223333:instance-profile/profile",
               "Roles": [{"RoleName": "worker"}]}],
             "Reservations": [{"OwnerId": "111122223333", "Instances": [{"InstanceId": "i-0123456789abcdef0", "VpcId": "vpc-1",
               "IamInstanceProfile": {"Arn": "arn:aws:iam::111122223333:instance-profile/app", "Id": "AIPA1"},
               "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.0.1",
                 "Association": {"PublicIp": "203.0.113.70"},
                 "Ipv6Addresses": [{"Ipv6Address": "2001:db8:a:1::9"}]}]}]}]}
            """;

    private final FakeKey key = new FakeKey(true);
    private final Inventory inventory = new Inventory(key);

    private static Signal signal(String address, String instance, String role) {
        FindingType type =
                Detectors.types().get("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS");
        Map<String, String> facts = new HashMap<>();
        if (address != null) {
            facts.put(StolenCredentials.ADDRESS, address);
        }
        if (instance != null) {
            facts.put(StolenCredentials.INSTANCE, instance);
        }
        if (role != null) {
            facts.put(StolenCredentials.ROLE_IN_QUESTION, role);
        }
        Doc resource = new Doc().with("resourceType", "AccessKey");
        return new Signal(
                type,
                "111122223333",
                "us-east-1",
                new Subject.Known("role", resource),
                "",
                "event",
                0,
                0,
                8,
                type.role(),
                new Doc(),
                new Doc(),
                List.of(),
                facts,
                List.of(),
                false);
    }

    private void describe() throws IOException {
        try (JsonParser json = new JsonFactory().createParser(DESCRIBED)) {
            InventoryReader.read(json, null, inventory::learn);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an address that nobody knows            | 198.51.100.9      | i-0123456789abcdef0 | | true
            an elastic address                      | 203.0.113.50      | i-0123456789abcdef0 | | false
            a NAT gateway                           | 203.0.113.60      | i-0123456789abcdef0 | | false
            the address of the instance             | 203.0.113.70      | i-0123456789abcdef0 | | false
            IPv6 in the instance's subnet           | 2001:db8:a:1::77  | i-0123456789abcdef0 | | false
            IPv6 elsewhere                          | 2001:db8:a:2::77  | i-0123456789abcdef0 | | true
            a function's                            | 198.51.100.9      |                     | | true
            another account's endpoint              |                   | i-0123456789abcdef0 | | true
            a role in an instance profile           | 198.51.100.9      | i-0aaaaaaaaaaaaaaaa | arn:aws:iam::111122223333:role/x/worker | true
            the role named as the profile           | 198.51.100.9      | i-0123456789abcdef0 | arn:aws:iam::111122223333:role/app      | true
            a session named alike, role of no instance | 198.51.100.9   | i-0123456789abcdef0 | arn:aws:iam::111122223333:role/admin    | false
            """)
    void asksTheInventory(String name, String address, String instance, String role, boolean theft) throws IOException {
        describe();
        assertEquals(theft, new CredentialPlaces(inventory).answer(signal(address, instance, role)) != null);
    }

    @Test
    void theInstanceStandsInTheFinding() throws IOException {
        describe();
        Signal told = new CredentialPlaces(inventory).answer(signal("198.51.100.9", INSTANCE, null));
        assertNotNull(told);
        Doc resource = ((Subject.Known) told.subject()).resource();
        assertEquals("AccessKey", resource.text("resourceType"));
        assertEquals(INSTANCE, resource.part("instanceDetails").text("instanceId"));
    }
}
