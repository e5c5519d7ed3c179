package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.serve.Service;
import dev.tocsin.server.serve.ServiceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tocsin keys} and {@code tocsin users} over a data folder that a running service has open. */
final class KeysAndUsersCommandTest extends CommandFixture {

    private static final String ACCOUNT = "111122223333";

    private String data() {
        return folder.resolve("data").toString();
    }

    private Service serve() throws IOException, ConfigException {
        return Service.start(new ServiceOptions(Path.of(data()), "127.0.0.1:0", ACCOUNT));
    }

    private String said(String... arguments) {
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin(arguments), () -> err.toString());
        return out.toString();
    }

    private static int signIn(Service service, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + "/tocsin/v1/session"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void keysWorkWhileServeRuns() throws IOException, InterruptedException, ConfigException {
        try (Service service = serve()) {
            List<String> lines = said("keys", "create", "--data", data(), "--account", ACCOUNT, "--role", "reader")
                    .lines()
                    .toList();
            assertEquals("[default]", lines.getFirst());
            String id = lines.get(1).substring("aws_access_key_id = ".length());
            String secret = lines.get(2).substring("aws_secret_access_key = ".length());
            assertEquals("aws_account_id = " + ACCOUNT, lines.get(3));
            String body = "{'accessKeyId':'" + id + "','secretAccessKey':'" + secret + "'}";
            assertEquals(200, signIn(service, body));
            String list = said("keys", "list", "--data", data());
            assertTrue(list.contains(id) && list.contains("reader"), list);
            assertFalse(list.contains(secret));
            said("keys", "disable", "--data", data(), id);
            assertEquals(401, signIn(service, body));
        }
    }

    @Test
    void usersWorkWhileServeRuns() throws IOException, InterruptedException, ConfigException {
        try (Service service = serve()) {
            String password = said(
                            "users",
                            "create",
                            "--data",
                            data(),
                            "--account",
                            ACCOUNT,
                            "--role",
                            "administrator",
                            "--generate",
                            "alice")
                    .strip();
            assertEquals(200, signIn(service, "{'user':'alice','password':'" + password + "'}"));
            type("another long password\n", "users", "password", "--data", data(), "alice");
            assertEquals(401, signIn(service, "{'user':'alice','password':'" + password + "'}"));
            assertEquals(200, signIn(service, "{'user':'alice','password':'another long password'}"));
            String list = said("users", "list", "--data", data());
            assertTrue(list.contains("alice") && list.contains("administrator") && list.contains("enabled"), list);
            said("users", "disable", "--data", data(), "alice");
            assertEquals(401, signIn(service, "{'user':'alice','password':'another long password'}"));
        }
    }

    private void type(String typed, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(Charset.defaultCharset())));
        try {
            said(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list", "keys disable AKIAX", "users list", "users disable nobody"})
    void aMisspeltFolderIsSaidAndNotMade(String command) {
        Path missing = folder.resolve("missing");
        assertEquals(2, tocsin((command + " --data " + missing).split(" ")));
        assertTrue(err.toString().contains("no service has kept anything there"), err.toString());
        assertFalse(Files.exists(missing));
    }

    @Test
    void whatCannotBeIsSaid() {
        String[] create = {
            "users", "create", "--data", data(), "--account", ACCOUNT, "--role", "reader", "--generate", "no name"
        };
        assertEquals(2, tocsin(create));
        assertTrue(err.toString().contains("1 to 64 letters"), err.toString());
        assertEquals(2, tocsin("users", "disable", "--data", data(), "nobody"));
        assertTrue(err.toString().contains("no user nobody"), err.toString());
        assertEquals(2, tocsin("users"));
        assertEquals(2, tocsin("serve", "--data", data(), "--listen", "0.0.0.0:0"));
        assertTrue(err.toString().contains("plain HTTP"), err.toString());
    }
}
