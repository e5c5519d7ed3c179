package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors as every client reads them: the class in a header, the text and both names of the type in the body. */
final class ErrorsOnTheWireTest {

    @TempDir
    Path folder;

    @Test
    void anUnsignedCallIsRefused() throws IOException, InterruptedException {
        try (RunningService service = RunningService.in(folder);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.endpoint() + "/detector"))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = new ObjectMapper().readTree(answer.body());

            assertEquals(403, answer.statusCode());
            String error = answer.headers().firstValue("x-amzn-ErrorType").orElseThrow();
            assertEquals(error, body.path("__type").asText());
            assertEquals(error, body.path("type").asText());
            assertTrue(body.path("message").asText().length() > 10, answer.body());
            assertTrue(answer.headers().firstValue("x-amzn-RequestId").isPresent());
        }
    }
}
