package dev.tocsin.server.api.http;

import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.UUID;

/**
 * Answers requests that the server cannot read (a path that does not decode, a head that is too long) in the API's form, so that clients
 * tell them like any other refusal. The status is the server's; the connection ends.
 */
final class RequestsNotRead implements DirectHandler {

    /** For all that a client can have done wrong. */
    static DirectHandlers handlers() {
        RequestsNotRead handler = new RequestsNotRead();
        return DirectHandlers.builder()
                .addHandler(EventType.BAD_REQUEST, handler)
                .addHandler(EventType.PAYLOAD_TOO_LARGE, handler)
                .addHandler(EventType.OTHER, handler)
                .build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        ApiAnswer refusal = Api.refusal(
                ApiException.badRequest("The request cannot be read: " + status.reasonPhrase()
                        + ". Expected HTTP/1.1 with a path that is percent-encoded, and a head that is not too long."),
                UUID.randomUUID().toString());
        TransportResponse.Builder response = TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(refusal.body());
        refusal.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        return response.build();
    }
}
