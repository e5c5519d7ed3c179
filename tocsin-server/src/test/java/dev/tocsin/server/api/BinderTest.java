package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinderTest {

    private static final String DETECTOR = "/detector/12abc34d567e8fa901bc2d34e56789f0";
    private static final Routes ROUTES = new Routes(Contract.get());

    @Test
    void pathQueryAndBodyBecomeOneObject() {
        Doc bound = bind("GET", DETECTOR + "/filter?maxResults=5&nextToken=a%2Bb", "");
        assertEquals("12abc34d567e8fa901bc2d34e56789f0", bound.text("DetectorId"));
        assertEquals(5, bound.number("maxResults", 0));
        assertEquals("a+b", bound.text("nextToken"));

        Doc untag = bind(
                "DELETE",
                "/tags/arn%3Aaws%3Aguardduty%3Aus-east-1%3A111122223333%3Adetector%2F12abc34d567e8fa901bc2d34e56789f0?tagKeys=a&tagKeys=b",
                "");
        assertEquals(List.of("a", "b"), untag.get("tagKeys"));
    }

    @Test
    void whatTheContractDoesNotKnowIsLetPass() {
        assertEquals(
                true,
                bind("POST", "/detector", "{\"enable\":true,\"newest\":1}").get("enable"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "POST | /detector | {} | The request is rejected because the parameter enable is missing.",
                "POST | /detector | {'enable':'yes'} | The request is rejected because the parameter enable has an invalid value. Expected true or false.",
                "POST | /detector | {'enable':true,'findingPublishingFrequency':'DAILY'} | The request is rejected because the parameter findingPublishingFrequency has an invalid value. Expected one of FIFTEEN_MINUTES, ONE_HOUR, SIX_HOURS.",
                "POST | /detector/x/findings | {'findingCriteria':{'criterion':{'severity':{'gte':'4'}}}} | The request is rejected because the parameter findingCriteria.criterion.severity.gte has an invalid value. Expected a whole number.",
                "POST | /detector/x/findings | {'maxResults':51} | The request is rejected because the parameter maxResults has an invalid value. Expected between 1 and 50.",
                "POST | /detector/x/findings | {'maxResults':9223372036854775808} | The request is rejected because the parameter maxResults has an invalid value. Expected a whole number.",
                "GET | /detector?maxResults=many | '' | The request is rejected because the parameter maxResults has an invalid value. Expected a whole number.",
                "POST | /detector | [] | The body of the request is no JSON object.",
                "POST | /detector | {'enable':tru | The body of the request is no well-formed JSON.",
                "POST | /detector | {'enable':true}} | The body of the request is no well-formed JSON.",
            })
    void aWrongRequestIsRefusedNamingTheMember(String method, String path, String body, String message) {
        ApiException refusal = assertThrows(
                ApiException.class,
                () -> bind(method, path, body.replace("''", "").replace('\'', '"')));

        assertEquals(message, refusal.getMessage());
        assertEquals("BadRequestException", refusal.errorClass());
    }

    private static Doc bind(String method, String pathAndQuery, String body) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        String query = mark < 0 ? "" : pathAndQuery.substring(mark + 1);
        ApiRequest request =
                new ApiRequest(method, path, query, Map.of(), body.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
        return new Binder(Contract.get()).bind(Objects.requireNonNull(ROUTES.find(method, path)), request);
    }
}
