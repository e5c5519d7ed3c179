package dev.tocsin.core.desk.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.desk.inventory.InventoryFact.Source;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What API calls tell about instances, interfaces, functions and addresses, from what AWS answered to them. */
public final class CallFacts {

    /** Longest part of a record that is read, in characters: an answer about some hundred instances. */
    static final int MAX_CHARS = 4 * 1024 * 1024;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String EC2 = "ec2.amazonaws.com";
    private static final String IAM = "iam.amazonaws.com";
    private static final String LAMBDA = "lambda.amazonaws.com";

    private interface Rule {
        void tell(Answer answer, Described out);
    }

    private record Reading(String service, List<FieldPath> fields, Rule rule) {}

    /** What was asked and what was answered, as far as it was planned. */
    private record Answer(ApiCall call) {
        Doc response(String member) {
            return wrapped("responseElements." + member);
        }

        Doc request(String member) {
            return wrapped("requestParameters." + member);
        }

        @Nullable
        String responseText(String member) {
            return call.field(FieldPath.of("responseElements." + member));
        }

        @Nullable
        String requestText(String member) {
            return call.field(FieldPath.of("requestParameters." + member));
        }

        /** {@code {member: value}} so that {@link Shape} can read it. */
        private Doc wrapped(String path) {
            String text = call.field(FieldPath.of(path));
            return new Doc().with("it", text == null ? null : parse(text));
        }
    }

    private static final List<String> FUNCTION_MEMBERS = List.of(
            "functionName", "functionArn", "version", "description", "revisionId", "role", "lastModified", "vpcConfig");

    private static final Map<String, Reading> READINGS = Map.ofEntries(
            reading("RunInstances", EC2, CallFacts::instances, "responseElements.instancesSet"),
            reading("StartInstances", EC2, CallFacts::states, "responseElements.instancesSet"),
            reading("StopInstances", EC2, CallFacts::states, "responseElements.instancesSet"),
            reading("TerminateInstances", EC2, CallFacts::states, "responseElements.instancesSet"),
            reading("CreateNetworkInterface", EC2, CallFacts::createdInterface, "responseElements.networkInterface"),
            reading(
                    "AttachNetworkInterface",
                    EC2,
                    CallFacts::attached,
                    "requestParameters.networkInterfaceId",
                    "requestParameters.instanceId",
                    "responseElements.attachmentId"),
            reading("DetachNetworkInterface", EC2, CallFacts::detached, "requestParameters.attachmentId"),
            reading(
                    "ModifyNetworkInterfaceAttribute",
                    EC2,
                    CallFacts::regrouped,
                    "requestParameters.networkInterfaceId",
                    "requestParameters.groupSet"),
            reading(
                    "AllocateAddress",
                    EC2,
                    CallFacts::allocated,
                    "responseElements.publicIp",
                    "responseElements.allocationId"),
            reading(
                    "ReleaseAddress",
                    EC2,
                    CallFacts::released,
                    "requestParameters.allocationId",
                    "requestParameters.publicIp"),
            reading(
                    "AssociateAddress",
                    EC2,
                    CallFacts::associated,
                    "requestParameters.allocationId",
                    "requestParameters.networkInterfaceId",
                    "responseElements.associationId"),
            reading("DisassociateAddress", EC2, CallFacts::disassociated, "requestParameters.associationId"),
            reading("CreateTags", EC2, CallFacts::tagged, "requestParameters.resourcesSet", "requestParameters.tagSet"),
            reading("DeleteTags", EC2, CallFacts::tagged, "requestParameters.resourcesSet", "requestParameters.tagSet"),
            reading(
                    "AssociateIamInstanceProfile",
                    EC2,
                    CallFacts::profiled,
                    "responseElements.AssociateIamInstanceProfileResponse"),
            reading(
                    "AddRoleToInstanceProfile",
                    IAM,
                    CallFacts::profileRole,
                    "requestParameters.instanceProfileName",
                    "requestParameters.roleName"),
            reading("CreateVpcEndpoint", EC2, CallFacts::endpoint, "responseElements.CreateVpcEndpointResponse"),
            reading("CreateFunction", LAMBDA, CallFacts::function, functionFields("requestParameters.tags")),
            reading("UpdateFunctionConfiguration", LAMBDA, CallFacts::function, functionFields()),
            reading("DeleteFunction", LAMBDA, CallFacts::deleted, "requestParameters.functionName"));

    private CallFacts() {}

    private static Map.Entry<String, Reading> reading(String action, String service, Rule rule, String... fields) {
        List<FieldPath> paths = List.of(fields).stream().map(FieldPath::of).toList();
        return Map.entry(action, new Reading(service, paths, rule));
    }

    private static String[] functionFields(String... more) {
        List<String> fields = new ArrayList<>(List.of(more));
        FUNCTION_MEMBERS.forEach(member -> fields.add("responseElements." + member));
        return fields.toArray(String[]::new);
    }

    /** The event names it reads (API date off). */
    public static Set<String> actions() {
        return READINGS.keySet();
    }

    /** Adds what it reads to {@code plan}. */
    public static void plan(FieldPlan.Builder plan) {
        READINGS.forEach((action, reading) -> plan.take(Set.of(action), reading.fields()));
    }

    /** Whether {@code call} may tell something. */
    public static boolean reads(ApiCall call) {
        return READINGS.containsKey(call.action());
    }

    /** Gives what {@code call} tells to {@code out}; a failed call tells nothing. */
    public static void of(ApiCall call, Consumer<InventoryFact> out) {
        Reading reading = READINGS.get(call.action());
        if (reading == null || call.failed() || !call.service().equals(reading.service())) {
            return;
        }
        reading.rule().tell(new Answer(call), new Described(call.account(), Source.EVENT, call.at(), out));
    }

    private static @Nullable Object parse(String text) {
        if (text.length() > MAX_CHARS || (!text.startsWith("{") && !text.startsWith("["))) {
            return text;
        }
        try (JsonParser json = JSON.createParser("{\"it\":" + text + "}")) {
            return json.nextToken() == JsonToken.START_OBJECT ? Doc.read(json).get("it") : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static List<Doc> items(Doc wrapped) {
        return Shape.list(wrapped, "it");
    }

    private static void instances(Answer answer, Described out) {
        items(answer.response("instancesSet")).forEach(out::instance);
    }

    private static void states(Answer answer, Described out) {
        boolean ended = answer.call().action().equals("TerminateInstances");
        for (Doc instance : items(answer.response("instancesSet"))) {
            Doc members = new Doc()
                    .with("instanceState", Shape.text(Shape.part(instance, "CurrentState"), "Name"))
                    .with("ended", ended ? true : null);
            out.state(Kind.INSTANCE, Shape.text(instance, "InstanceId"), members);
        }
    }

    private static void createdInterface(Answer answer, Described out) {
        Doc described = Shape.part(answer.response("networkInterface"), "it");
        out.networkInterface(described);
    }

    private static void attached(Answer answer, Described out) {
        Doc members = new Doc()
                .with("instanceId", answer.requestText("instanceId"))
                .with("attachmentId", answer.responseText("attachmentId"));
        out.state(Kind.INTERFACE, answer.requestText("networkInterfaceId"), members);
    }

    private static void detached(Answer answer, Described out) {
        out.state(Kind.LINK, answer.requestText("attachmentId"), new Doc().with("ended", true));
    }

    private static void regrouped(Answer answer, Described out) {
        List<Doc> groups = Described.groups(items(answer.request("groupSet")));
        if (!groups.isEmpty()) {
            Doc members = new Doc().with("securityGroups", groups);
            out.state(Kind.INTERFACE, answer.requestText("networkInterfaceId"), members);
        }
    }

    private static void allocated(Answer answer, Described out) {
        String allocation = answer.responseText("allocationId");
        String address = answer.responseText("publicIp");
        out.state(Kind.ALLOCATION, allocation, new Doc().with("publicIp", address));
        out.state(Kind.ADDRESS, address, new Doc().with("allocationId", allocation));
    }

    private static void released(Answer answer, Described out) {
        out.state(Kind.ALLOCATION, answer.requestText("allocationId"), new Doc().with("released", true));
    }

    private static void associated(Answer answer, Described out) {
        Doc members = new Doc()
                .with("allocationId", answer.requestText("allocationId"))
                .with("associationId", answer.responseText("associationId"));
        out.state(Kind.INTERFACE, answer.requestText("networkInterfaceId"), members);
    }

    private static void disassociated(Answer answer, Described out) {
        out.state(Kind.LINK, answer.requestText("associationId"), new Doc().with("ended", true));
    }

    private static void tagged(Answer answer, Described out) {
        String member = answer.call().action().equals("CreateTags") ? Tags.SET : Tags.TAKEN_OFF;
        Doc members = new Doc().with(member, Tags.of(items(answer.request("tagSet"))));
        for (Doc resource : items(answer.request("resourcesSet"))) {
            String id = Shape.text(resource, "ResourceId");
            if (id != null && id.startsWith("i-")) {
                out.state(Kind.INSTANCE, id, members);
            }
        }
    }

    private static void profiled(Answer answer, Described out) {
        Doc response = Shape.part(answer.response("AssociateIamInstanceProfileResponse"), "it");
        Doc association = Shape.part(response, "IamInstanceProfileAssociation");
        Doc profile = Described.profile(Shape.part(association, "IamInstanceProfile"));
        if (!profile.isEmpty()) {
            Doc members = new Doc().with("iamInstanceProfile", profile);
            out.state(Kind.INSTANCE, Shape.text(association, "InstanceId"), members);
        }
    }

    private static void profileRole(Answer answer, Described out) {
        Doc members = new Doc().with("instanceProfileName", answer.requestText("instanceProfileName"));
        out.state(Kind.PROFILE_ROLE, answer.requestText("roleName"), members);
    }

    private static void endpoint(Answer answer, Described out) {
        Doc response = Shape.part(answer.response("CreateVpcEndpointResponse"), "it");
        Doc endpoint = Shape.part(response, "VpcEndpoint");
        for (String host : Shape.texts(endpoint, "networkInterfaceIdSet")) {
            String id = Shape.text(endpoint, "VpcEndpointId");
            out.state(Kind.INTERFACE, host, InventoryReader.box(host, "vpc_endpoint", id, endpoint));
        }
    }

    private static void function(Answer answer, Described out) {
        Doc described = new Doc();
        for (String member : FUNCTION_MEMBERS) {
            String text = answer.responseText(member);
            described.with(member, text == null ? null : parse(text));
        }
        out.function(described, tags(answer.request("tags")));
    }

    private static List<Doc> tags(Doc wrapped) {
        return Shape.part(wrapped, "it").members().entrySet().stream()
                .map(tag -> new Doc().with("key", tag.getKey()).with("value", tag.getValue()))
                .toList();
    }

    private static void deleted(Answer answer, Described out) {
        String name = answer.requestText("functionName");
        if (name != null) {
            String arn = name.startsWith("arn:")
                    ? name
                    : "arn:" + Partition.of(answer.call().region()) + ":lambda:"
                            + answer.call().region() + ":" + answer.call().account() + ":function:" + name;
            out.state(Kind.FUNCTION, Inventory.plainArn(arn), new Doc().with("deleted", true));
        }
    }
}
