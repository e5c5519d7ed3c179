package dev.tocsin.core.desk.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.desk.FakeKey;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallFactsTest {

    private static final long NOON = 1_772_366_400;

    private static final String RUN = """
            {"items":[{"instanceId":"i-1","imageId":"ami-1","instanceType":"t3a.nano","launchTime":1772366400000,
            "instanceState":{"code":0,"name":"pending"},"placement":{"availabilityZone":"us-west-2b"},
            "productCodes":{},"groupSet":{"items":[{"groupId":"sg-1","groupName":"ssh"}]},"vpcId":"vpc-1",
            "tagSet":{"items":[{"key":"Name","value":"test"}]},"networkInterfaceSet":{"items":[{"attachment":
            {"attachTime":1772366400000,"attachmentId":"eni-attach-1"},"groupSet":{"items":[{"groupId":"sg-1"}]},
            "interfaceType":"interface","ipv6AddressesSet":{},"networkInterfaceId":"eni-1","vpcId":"vpc-1",
            "privateIpAddress":"10.0.0.4","privateIpAddressesSet":{"item":[{"primary":true,
            "privateIpAddress":"10.0.0.4"}]},"subnetId":"subnet-1","tagSet":{}}]}}]}""";

    private final Inventory inventory = new Inventory(new FakeKey());

    private List<InventoryFact> call(long at, String action, String error, String... fields) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = "111122223333";
        draft.region = "us-east-1";
        draft.action = action;
        draft.service = action.contains("Function") ? "lambda.amazonaws.com" : "ec2.amazonaws.com";
        draft.errorCode = error;
        List<FieldPath> plan = new ArrayList<>();
        String[] values = new String[fields.length / 2];
        for (int i = 0; i < values.length; i++) {
            plan.add(FieldPath.of(fields[2 * i]));
            values[i] = fields[2 * i + 1];
        }
        draft.plan = plan;
        draft.values = values;
        List<InventoryFact> facts = new ArrayList<>();
        CallFacts.of(draft.build(), facts::add);
        facts.forEach(inventory::learn);
        return facts;
    }

    @Test
    void anInstanceIsKnownFromItsLaunchToItsEnd() {
        call(NOON, "RunInstances", null, "responseElements.instancesSet", RUN);
        call(NOON + 60, "TerminateInstances", null, "responseElements.instancesSet", """
                {"items":[{"instanceId":"i-1","currentState":{"code":32,"name":"shutting-down"}}]}""");
        assertEquals("Instance[id=i-1]", inventory.owner("eni-1", NOON + 5).toString());
        assertEquals(
                "Instance[id=i-1]",
                inventory.ownerOfAddress("vpc-1", "10.0.0.4", NOON + 5).toString());
        assertTrue(inventory.ownerOfAddress("vpc-1", "10.0.0.4", NOON + 60) instanceof Owner.Unknown);
        assertEquals("pending", inventory.instance("i-1", NOON + 5).text("instanceState"));
        assertEquals("shutting-down", inventory.instance("i-1", NOON + 60).text("instanceState"));
        assertEquals("ami-1", inventory.instance("i-1", NOON + 60).text("imageId"));
    }

    @Test
    void anInterfaceMovesBetweenInstances() {
        call(NOON, "CreateNetworkInterface", null, "responseElements.networkInterface", """
                {"networkInterfaceId":"eni-2","subnetId":"subnet-1","vpcId":"vpc-1","privateIpAddress":"10.0.0.9"}""");
        call(NOON + 1, "AttachNetworkInterface", null, attach("i-1", "eni-attach-1"));
        call(NOON + 5, "DetachNetworkInterface", null, "requestParameters.attachmentId", "eni-attach-1");
        call(NOON + 9, "AttachNetworkInterface", null, attach("i-2", "eni-attach-2"));
        assertTrue(inventory.owner("eni-2", NOON) instanceof Owner.Unknown);
        assertEquals("Instance[id=i-1]", inventory.owner("eni-2", NOON + 4).toString());
        assertTrue(inventory.owner("eni-2", NOON + 6) instanceof Owner.Unknown);
        assertEquals(
                "Instance[id=i-2]",
                inventory.ownerOfAddress("vpc-1", "10.0.0.9", NOON + 9).toString());
    }

    private static String[] attach(String instance, String attachment) {
        return new String[] {
            "requestParameters.networkInterfaceId", "eni-2",
            "requestParameters.instanceId", instance,
            "responseElements.attachmentId", attachment
        };
    }

    @Test
    void anElasticAddressIsOursUntilReleased() {
        call(NOON, "RunInstances", null, "responseElements.instancesSet", RUN);
        call(
                NOON,
                "AllocateAddress",
                null,
                "responseElements.publicIp",
                "3.225.16.109",
                "responseElements.allocationId",
                "eipalloc-1");
        call(
                NOON + 1,
                "AssociateAddress",
                null,
                "requestParameters.allocationId",
                "eipalloc-1",
                "requestParameters.networkInterfaceId",
                "eni-1",
                "responseElements.associationId",
                "eipassoc-1");
        call(NOON + 5, "DisassociateAddress", null, "requestParameters.associationId", "eipassoc-1");
        call(NOON + 9, "ReleaseAddress", null, "requestParameters.allocationId", "eipalloc-1");
        assertEquals("3.225.16.109", inventory.shown("eni-1", NOON + 2).text("publicIp"));
        assertEquals(null, inventory.shown("eni-1", NOON + 5).text("publicIp"));
        assertFalse(inventory.isOurs("3.225.16.109", NOON - 1));
        assertTrue(inventory.isOurs("3.225.16.109", NOON + 8));
        assertFalse(inventory.isOurs("3.225.16.109", NOON + 9));
    }

    @Test
    void aFunctionIsKnownUntilDeleted() {
        String arn = "arn:aws:lambda:us-east-1:111122223333:function:orders";
        call(
                NOON,
                "CreateFunction",
                null,
                "responseElements.functionName",
                "orders",
                "responseElements.functionArn",
                arn,
                "responseElements.lastModified",
                "2026-03-01T12:00:00.993+0000",
                "responseElements.vpcConfig",
                "{\"subnetIds\":[\"subnet-1\"],\"securityGroupIds\":[\"sg-1\"],\"vpcId\":\"vpc-1\"}",
                "requestParameters.tags",
                "{\"env\":\"test\"}");
        call(NOON + 9, "DeleteFunction", null, "requestParameters.functionName", "orders");
        assertEquals(
                "[{key=env, value=test}]",
                Shape.list(inventory.function(arn, NOON).orElseThrow(), "tags").toString());
        assertTrue(inventory.function(arn, NOON + 9).isEmpty());
    }

    @Test
    void aFailedCallOrAnotherServiceTellsNothing() {
        assertEquals(List.of(), call(NOON, "RunInstances", "Client.x", "responseElements.instancesSet", RUN));
        assertEquals(List.of(), call(NOON, "RunInstances", null, "responseElements.instancesSet", "{\"items"));
        assertEquals(List.of(), call(NOON, "RunInstances", null));
    }
}
