package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** People in a browser: signed in by key or password, kept from what another page asks in their name. */
final class SessionTest extends ServiceFixture {

    private static final Pattern COOKIE = Pattern.compile("(tocsin_session=[A-Za-z0-9_-]{43}); (.*)");

    private Answer signIn(String name, String password) throws IOException, InterruptedException {
        return open("POST", "/tocsin/v1/session", "{'user':'" + name + "','password':'" + password + "'}");
    }

    private static String cookie(Answer answer) {
        Matcher cookie =
                COOKIE.matcher(answer.raw().headers().firstValue("set-cookie").orElseThrow());
        assertTrue(cookie.matches(), cookie.toString());
        assertEquals("Path=/; Max-Age=28800; HttpOnly; SameSite=Strict", cookie.group(2));
        return cookie.group(1);
    }

    private Answer with(String cookie, String csrf, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(request(method, path, body.replace('\'', '"'))
                .header("Cookie", "other=1; " + cookie)
                .header("X-Tocsin-Csrf", csrf)
                .header("X-Tocsin-Region", REGION)
                .build());
    }

    @Test
    void aKeyOpensASessionThatTheWholeApiTakes() throws IOException, InterruptedException, ConfigException {
        Answer answer = open(
                "POST",
                "/tocsin/v1/session",
                "{'accessKeyId':'" + administrator.id() + "','secretAccessKey':'" + administrator.secret() + "'}");
        assertEquals(200, answer.status());
        assertEquals("administrator", answer.text("role"));
        assertEquals(ACCOUNT, answer.text("accountId"));
        String cookie = cookie(answer);
        String csrf = answer.text("csrfToken");

        assertEquals(
                403,
                with(cookie, "forged", "POST", "/detector", "{'enable':true}").status());
        Answer created = with(cookie, csrf, "POST", "/detector", "{'enable':true}");
        assertEquals(200, created.status(), created.raw().body());
        assertTrue(with(cookie, "", "GET", "/detector", "").raw().body().contains(created.text("detectorId")));
        assertEquals(200, with(cookie, "", "GET", "/tocsin/v1/ledger", "").status());
        assertTrue(
                signed(administrator, "GET", "/detector", "").raw().body().contains(created.text("detectorId")),
                "a session means the Region that its header names");
        restart();
        assertEquals(200, with(cookie, "", "GET", "/detector", "").status(), "a restart ends no session");
        assertEquals(
                403, with(cookie, "forged", "DELETE", "/tocsin/v1/session", "").status());
        assertEquals(200, with(cookie, csrf, "DELETE", "/tocsin/v1/session", "").status());
        assertEquals(403, with(cookie, csrf, "GET", "/detector", "").status());
    }

    @Test
    void aUserMayWhatTheRoleMayUntilItIsDisabled() throws IOException, InterruptedException {
        user("alice", Role.READER, "correct horse battery");
        Answer answer = signIn("alice", "correct horse battery");
        String cookie = cookie(answer);
        String csrf = answer.text("csrfToken");
        assertEquals(200, with(cookie, csrf, "GET", "/detector", "").status());
        Answer refused = with(cookie, csrf, "POST", "/detector", "{'enable':true}");
        assertEquals(403, refused.status());
        assertEquals(
                "AccessDeniedException",
                refused.raw().headers().firstValue("x-amzn-ErrorType").orElseThrow());
        assertEquals(200, with(cookie, csrf, "GET", "/tocsin/v1/session", "").status());
        try (var store = Store.openBeside(folder.resolve("data"))) {
            new Users(store, new SecureRandom(), InstantSource.system()).disable("alice");
        }
        assertEquals(403, with(cookie, csrf, "GET", "/detector", "").status());
        assertEquals(401, signIn("alice", "correct horse battery").status());
    }

    @Test
    void wrongTriesAreCountedAndThenRefused() throws IOException, InterruptedException {
        user("bob", Role.ADMINISTRATOR, "correct horse battery");
        for (int i = 0; i < 5; i++) {
            Answer wrong = signIn("bob", "wrong " + i);
            assertEquals(401, wrong.status());
            assertFalse(wrong.raw().body().contains("wrong " + i));
        }
        Answer refused = signIn("bob", "correct horse battery");
        assertEquals(429, refused.status());
        assertTrue(Integer.parseInt(
                        refused.raw().headers().firstValue("retry-after").orElseThrow())
                > 500);
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signIn("nobody", "wrong " + i).status());
        }
        assertEquals(429, signIn("nobody", "wrong").status(), "whether there is such a user is not told");
    }

    @Test
    void whatIsNoSignInIsRefused() throws IOException, InterruptedException {
        assertEquals(400, open("POST", "/tocsin/v1/session", "{}").status());
        assertEquals(400, open("POST", "/tocsin/v1/session", "[1]").status());
        assertEquals(405, open("PUT", "/tocsin/v1/session", "{}").status());
        assertEquals(401, open("GET", "/tocsin/v1/session", "").status());
        assertEquals(
                400,
                send(HttpRequest.newBuilder(URI.create(service.uri() + "/tocsin/v1/session"))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"a\",\"password\":\"b\"}"))
                                .build())
                        .status(),
                "a form of another page");
    }
}
