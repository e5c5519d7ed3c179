package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What emulators' tests, scanners and connectors call, in their order, and the exact texts and defaults they compare. */
final class ScriptsTest extends ServiceFixture {

    private Doc ok(String operation, String input) throws IOException, InterruptedException {
        Answer answer = call(administrator, operation, Doc.parse(input.replace('\'', '"')));
        assertEquals(200, answer.status(), () -> operation + ": " + answer.raw().body());
        return answer.body();
    }

    private String detector() throws IOException, InterruptedException {
        return String.valueOf(ok("CreateDetector", "{'enable':true}").text("detectorId"));
    }

    @Test
    void anEmulatorsDetector() throws IOException, InterruptedException {
        assertEquals(List.of(), ok("ListDetectors", "{}").get("detectorIds"), "there and empty");
        String id = detector();
        assertTrue(id.matches("[0-9a-f]{32}"), id);
        assertEquals(List.of(id), ok("ListDetectors", "{}").get("detectorIds"));
        Doc read = ok("GetDetector", "{'DetectorId':'" + id + "'}");
        assertEquals("ENABLED", read.text("status"));
        assertTrue(String.valueOf(read.text("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"));
        assertTrue(String.valueOf(read.text("updatedAt")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"));
        Answer second = call(administrator, "CreateDetector", new Doc().with("enable", true));
        assertEquals(
                "The request is rejected because a detector already exists for the current account.",
                second.text("message"));
        assertEquals("InvalidInputException", second.text("type"));
        assertEquals(new Doc(), ok("GetAdministratorAccount", "{'DetectorId':'" + id + "'}"));
        assertEquals(new Doc(), ok("GetMasterAccount", "{'DetectorId':'" + id + "'}"));
        ok("DeleteDetector", "{'DetectorId':'" + id + "'}");
        Answer gone = call(administrator, "GetDetector", new Doc().with("DetectorId", id));
        assertEquals(
                "The request is rejected because the input detectorId is not owned by the current account.",
                gone.text("message"));
        Answer malformed = call(administrator, "GetDetector", new Doc().with("DetectorId", "x"));
        assertEquals(
                "The request is rejected because the parameter detectorId has an invalid value.",
                malformed.text("message"));
        assertEquals("InvalidInputException", malformed.text("__type"));
        assertEquals(
                "BadRequestException",
                malformed.raw().headers().firstValue("x-amzn-ErrorType").orElse(""));
    }

    @Test
    void anEmulatorsFilter() throws IOException, InterruptedException {
        String id = "'DetectorId':'" + detector() + "'";
        ok(
                "CreateFilter",
                "{" + id
                        + ",'name':'my-filter','findingCriteria':{'criterion':{'x':{'eq':['y']}}}}"
                                .replace("'x'", "'type'"));
        Doc read = ok("GetFilter", "{" + id + ",'FilterName':'my-filter'}");
        assertEquals("my-filter", read.text("name"));
        assertEquals(1, read.number("rank", 0), "without one given");
        assertEquals(
                "{\"criterion\":{\"type\":{\"eq\":[\"y\"]}}}",
                read.part("findingCriteria").toJson(),
                "operators as they were sent");
        ok("UpdateFilter", "{" + id + ",'FilterName':'my-filter','description':'with desc','rank':21,'action':'NOOP'}");
        read = ok("GetFilter", "{" + id + ",'FilterName':'my-filter'}");
        assertEquals("with desc", read.text("description"));
        assertEquals(21, read.number("rank", 0));
        assertEquals("NOOP", read.text("action"));
    }

    @Test
    void aScannersFindings() throws IOException, InterruptedException {
        String id = "'DetectorId':'" + detector() + "'";
        ok("CreateSampleFindings", "{" + id + "}");
        Object high = ok(
                        "ListFindings",
                        "{" + id + ",'findingCriteria':{'criterion':{'severity':{'eq':['8']},"
                                + "'service.archived':{'eq':['false']}}}}")
                .get("findingIds");
        assertTrue(high instanceof List<?> list && !list.isEmpty(), "8 as text is 8.0");
        assertEquals(List.of(), ok("ListMembers", "{" + id + "}").get("members"), "there, even empty");
        Doc read = ok("GetDetector", "{" + id + "}");
        for (String feature :
                List.of("RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "EKS_RUNTIME_MONITORING", "S3_DATA_EVENTS")) {
            assertTrue(read.toJson().contains("\"name\":\"" + feature + "\""), feature);
        }
        assertTrue(
                read.at("dataSources", "malwareProtection", "scanEc2InstanceWithFindings", "ebsVolumes") != null,
                read.toJson());
    }

    @Test
    void aConnectorsPages() throws IOException, InterruptedException {
        String id = "'DetectorId':'" + detector() + "'";
        ok("CreateSampleFindings", "{" + id + "}");
        Doc last = ok(
                "ListFindings",
                "{" + id + ",'nextToken':'','findingCriteria':{'criterion':{"
                        + "'service.action.networkConnectionAction.localIpDetails.ipAddressV4':{'neq':['192.0.2.99']},"
                        + "'updatedAt':{'gt':1000}}},'maxResults':50}");
        while (last.text("nextToken") != null
                && !String.valueOf(last.text("nextToken")).isEmpty()) {
            last = ok("ListFindings", "{" + id + ",'nextToken':'" + last.text("nextToken") + "'}");
        }
        assertEquals(
                List.of(), ok("GetFindings", "{" + id + ",'findingIds':[]}").get("findings"));
    }
}
