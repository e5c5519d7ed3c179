package dev.tocsin.core.desk.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tocsin.core.desk.FakeKey;
import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.desk.inventory.InventoryFact.Source;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InventoryTest {

    /** 2026-03-01T12:00:00Z. */
    private static final long NOON = 1_772_366_400;

    private static final String ACCOUNT = "111122223333";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:";

    private static final String ANSWERS = """
            {"Reservations":[{"OwnerId":"111122223333","Instances":[{"InstanceId":"i-web","ImageId":"ami-1",
             "InstanceType":"m6i.large","LaunchTime":"2026-03-01T10:00:00+00:00","State":{"Name":"running"},
             "Placement":{"AvailabilityZone":"us-east-1a"},"IamInstanceProfile":{"Arn":"arn:p","Id":"AIPA"},
             "Tags":[{"Key":"Name","Value":"web"}],"VpcId":"vpc-1","ProductCodes":[],
             "NetworkInterfaces":[{"NetworkInterfaceId":"eni-web","InterfaceType":"interface","SubnetId":"subnet-1",
              "VpcId":"vpc-1","PrivateIpAddress":"10.0.0.4","PrivateDnsName":"ip-10-0-0-4",
              "Ipv6Addresses":[{"Ipv6Address":"2001:DB8:0::4"}],
              "PrivateIpAddresses":[{"PrivateIpAddress":"10.0.0.4","Primary":true}],
              "Groups":[{"GroupId":"sg-1","GroupName":"web"}],
              "Association":{"PublicIp":"44.0.0.4","PublicDnsName":"ec2-44"},
              "Attachment":{"AttachTime":"2026-03-01T10:00:00+00:00","AttachmentId":"eni-attach-1"}}]},
             {"InstanceId":"i-gone","LaunchTime":"2026-03-01T08:00:00Z","State":{"Name":"terminated"},
             "StateTransitionReason":"User initiated (2026-03-01 09:00:00 GMT)","NetworkInterfaces":[
              {"NetworkInterfaceId":"eni-gone","VpcId":"vpc-1","PrivateIpAddress":"10.0.0.4"}]}]}]}
            {"NetworkInterfaces":[
             {"NetworkInterfaceId":"eni-alb","InterfaceType":"interface","Description":"ELB app/front/946",
              "RequesterManaged":true,"RequesterId":"amazon-elb","VpcId":"vpc-1","OwnerId":"111122223333"},
             {"NetworkInterfaceId":"eni-rds","InterfaceType":"interface","Description":"RDSNetworkInterface",
              "RequesterManaged":true,"RequesterId":"amazon-rds"},
             {"NetworkInterfaceId":"eni-dns","Description":"Route 53 Resolver: rslvr-in-91eb:rni-1"},
             {"NetworkInterfaceId":"eni-efs","Description":"EFS mount target for fs-1 (fsmt-1)"},
             {"NetworkInterfaceId":"eni-odd","RequesterManaged":true,"RequesterId":"amazon-odd"},
             {"NetworkInterfaceId":"eni-task","Description":"arn:aws:ecs:us-east-1:111122223333:attachment/1"},
             {"NetworkInterfaceId":"eni-idle","Description":"mine"},
             {"NetworkInterfaceId":"eni-fn","InterfaceType":"lambda","SubnetId":"subnet-2",
              "Groups":[{"GroupId":"sg-b"},{"GroupId":"sg-a"}]},
             {"NetworkInterfaceId":"eni-fn2","InterfaceType":"lambda","SubnetId":"subnet-2",
              "Groups":[{"GroupId":"sg-c"}]}]}
            [{"NatGateways":[{"NatGatewayId":"nat-1","VpcId":"vpc-1","SubnetId":"subnet-1","NatGatewayAddresses":[
              {"NetworkInterfaceId":"eni-nat","PrivateIp":"10.0.0.9","PublicIp":"44.0.0.9"}]}]},
             {"VpcEndpoints":[{"VpcEndpointId":"vpce-1","VpcId":"vpc-1","NetworkInterfaceIds":["eni-vpce"]}]}]
            {"Subnets":[{"SubnetId":"subnet-1"}],"ResponseMetadata":{"x":[{"y":1}]},"NextToken":null}
            {"Functions":[
             {"FunctionName":"orders","FunctionArn":"arn:aws:lambda:us-east-1:111122223333:function:orders",
              "Version":"$LATEST","Role":"arn:role","LastModified":"2026-02-01T00:00:00.000+0000","VpcConfig":
              {"VpcId":"vpc-1","SubnetIds":["subnet-2"],"SecurityGroupIds":["sg-a","sg-b"]}},
             {"FunctionName":"report","FunctionArn":"arn:aws:lambda:us-east-1:111122223333:function:report",
              "VpcConfig":{"SubnetIds":["subnet-2"],"SecurityGroupIds":["sg-b","sg-a"]}},
             {"FunctionName":"alone","FunctionArn":"arn:aws:lambda:us-east-1:111122223333:function:alone",
              "VpcConfig":{"SubnetIds":["subnet-2"],"SecurityGroupIds":["sg-c"]}}]}
            """;

    private final Inventory inventory = new Inventory(new FakeKey());

    @BeforeEach
    void read() throws IOException {
        facts(ANSWERS).forEach(inventory::learn);
    }

    private static List<InventoryFact> facts(String answers) throws IOException {
        List<InventoryFact> facts = new ArrayList<>();
        try (var json = new JsonFactory().createParser(answers)) {
            InventoryReader.read(json, null, facts::add);
        }
        return facts;
    }

    @Test
    void countsResources() throws IOException {
        try (var json = new JsonFactory().createParser(ANSWERS)) {
            assertEquals(16, InventoryReader.read(json, null, fact -> assertEquals(ACCOUNT, fact.account())));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eni-web   | Instance[id=i-web]
            eni-gone  | Instance[id=i-gone]
            eni-alb   | Other[what=load balancer, name=app/front/946]
            eni-rds   | Other[what=RDS database, name=eni-rds]
            eni-dns   | Other[what=resolver endpoint, name=rslvr-in-91eb]
            eni-efs   | Other[what=EFS mount target, name=fs-1]
            eni-odd   | Other[what=interface managed by amazon-odd, name=eni-odd]
            eni-nat   | Other[what=NAT gateway, name=nat-1]
            eni-vpce  | Other[what=VPC endpoint, name=vpce-1]
            eni-task  | Task[attachment=arn:aws:ecs:us-east-1:111122223333:attachment/1]
            eni-idle  | Unknown[why=the inventory has interface eni-idle attached to nothing]
            eni-none  | Unknown[why=the inventory does not have interface eni-none]
            """)
    void tellsWhoseInterface(String interfaceId, String owner) {
        assertEquals(owner, inventory.owner(interfaceId, NOON).toString());
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # address  | from noon, s | owner
            10.0.0.4   |       0      | Instance[id=i-web]
            10.0.0.4   |  -12600      | Instance[id=i-gone]
            10.0.0.4   |   -9000      | Unknown[why=the inventory has nobody with address 10.0.0.4 at this time]
            10.0.0.9   |       0      | Other[what=NAT gateway, name=nat-1]
            2001:db8::4|       0      | Instance[id=i-web]
            10.0.0.99  |       0      | Unknown[why=the inventory has nobody with address 10.0.0.99 at this time]
            """)
    void tellsWhoseAddressAsOfTheEvent(String address, long after, String owner) {
        assertEquals(
                owner, inventory.ownerOfAddress("vpc-1", address, NOON + after).toString());
    }

    @Test
    void namesAFunctionAloneOnlyWhereOneFits() {
        assertEquals(List.of("orders", "report"), names("eni-fn"));
        assertEquals(List.of("alone"), names("eni-fn2"));
        fact(Kind.FUNCTION, FUNCTION + "report", NOON - 5, new Doc().with("deleted", true));
        assertEquals(List.of("orders"), names("eni-fn"));
    }

    private List<String> names(String interfaceId) {
        return ((Owner.Functions) inventory.owner(interfaceId, NOON))
                .candidates().stream()
                        .map(function -> String.valueOf(function.text("functionName")))
                        .toList();
    }

    private void fact(Kind kind, String id, long from, Doc members) {
        inventory.learn(new InventoryFact(kind, ACCOUNT, id, Source.EVENT, from, InventoryFact.OPEN, members));
    }

    @Test
    void describesAnInstanceInGuardDutysWords() {
        assertEquals(
                "{\"instanceId\":\"i-web\",\"instanceType\":\"m6i.large\",\"launchTime\":\"2026-03-01T10:00:00.000Z\","
                        + "\"productCodes\":[],\"iamInstanceProfile\":{\"arn\":\"arn:p\",\"id\":\"AIPA\"},"
                        + "\"networkInterfaces\":[{\"ipv6Addresses\":[\"2001:db8::4\"],"
                        + "\"networkInterfaceId\":\"eni-web\",\"privateDnsName\":\"ip-10-0-0-4\","
                        + "\"privateIpAddress\":\"10.0.0.4\",\"privateIpAddresses\":[{\"privateIpAddress\":"
                        + "\"10.0.0.4\"}],\"publicDnsName\":\"ec2-44\",\"publicIp\":\"44.0.0.4\","
                        + "\"securityGroups\":[{\"groupName\":\"web\",\"groupId\":\"sg-1\"}],"
                        + "\"subnetId\":\"subnet-1\",\"vpcId\":\"vpc-1\"}],"
                        + "\"tags\":[{\"key\":\"Name\",\"value\":\"web\"}],\"instanceState\":\"running\","
                        + "\"availabilityZone\":\"us-east-1a\",\"imageId\":\"ami-1\"}",
                inventory.instance("i-web", NOON).toJson());
    }

    @Test
    void describesAFunctionInGuardDutysWords() {
        assertEquals(
                "{\"functionName\":\"orders\",\"functionArn\":\"" + FUNCTION + "orders\","
                        + "\"functionVersion\":\"$LATEST\",\"role\":\"arn:role\",\"lastModifiedAt\":1769904000,"
                        + "\"vpcConfig\":{\"vpcId\":\"vpc-1\",\"subnetIds\":[\"subnet-2\"],"
                        + "\"securityGroups\":[{\"groupId\":\"sg-a\"},{\"groupId\":\"sg-b\"}]}}",
                inventory.function(FUNCTION + "orders", NOON).orElseThrow().toJson());
    }

    @Test
    void knowsItsPublicAddresses() {
        assertTrue(inventory.isOurs("44.0.0.4", NOON));
        assertTrue(inventory.isOurs("44.0.0.9", NOON));
        assertFalse(inventory.isOurs("44.0.0.4", NOON - 10_000), "before the instance ran");
        assertFalse(inventory.isOurs("8.8.8.8", NOON));
    }

    @Test
    void aTagSetLaterJoinsTheOthersAndIsNotThereBefore() {
        Doc tag = new Doc().with("key", "role").with("value", "db");
        fact(Kind.INSTANCE, "i-web", NOON, new Doc().with(Tags.SET, List.of(tag)));
        fact(Kind.INSTANCE, "i-web", NOON + 9, new Doc().with(Tags.TAKEN_OFF, List.of(new Doc().with("key", "Name"))));
        assertEquals(
                1, Shape.list(inventory.instance("i-web", NOON - 1), "tags").size());
        assertEquals(2, Shape.list(inventory.instance("i-web", NOON), "tags").size());
        assertEquals(
                "[{key=role, value=db}]",
                Shape.list(inventory.instance("i-web", NOON + 9), "tags").toString());
    }

    @Test
    void theOrderOfHearingDoesNotMatter() throws IOException {
        long seed = 20260301;
        List<InventoryFact> facts = new ArrayList<>(facts(ANSWERS));
        for (int i = 0; i < 100; i++) {
            Doc state = new Doc().with("instanceState", "state-" + i);
            facts.add(new InventoryFact(
                    Kind.INSTANCE, ACCOUNT, "i-web", Source.EVENT, NOON + i % 50, InventoryFact.OPEN, state));
        }
        Collections.shuffle(facts, new Random(seed));
        Inventory other = new Inventory(new FakeKey());
        facts.forEach(other::learn);
        facts.sort((a, b) -> Long.compare(b.from(), a.from()));
        Inventory third = new Inventory(new FakeKey());
        facts.forEach(third::learn);
        for (long at = NOON - 20_000; at < NOON + 100; at += 10) {
            assertEquals(other.instance("i-web", at), third.instance("i-web", at), "seed " + seed);
        }
    }

    @Test
    void forgetsTheFirstBeyondTheLimit() {
        FakeKey key = new FakeKey();
        for (int i = 0; i < 10; i++) {
            key.put(Known.KIND, "INSTANCE/i-" + i, new Known());
            Eviction.entered("INSTANCE/i-" + i, key, 4);
        }
        assertEquals(4, key.size(Known.KIND));
    }
}
