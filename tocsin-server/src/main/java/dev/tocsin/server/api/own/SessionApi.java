package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.security.Gate;
import dev.tocsin.server.security.Sessions;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.StoreException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/session}: signs a browser in and out. */
final class SessionApi {

    private static final int TOO_MANY = 429;
    private static final int NOT_IN = 401;
    private static final int LONGEST_NAME = 128;

    private final Sessions sessions;
    private final Gate gate;
    private final WatchedWrites writes;
    private final boolean secure;

    /**
     * Signs in to {@code sessions}, and has it written down by {@code writes}.
     *
     * @param secure whether cookies are for TLS alone
     */
    SessionApi(Sessions sessions, Gate gate, WatchedWrites writes, boolean secure) {
        this.sessions = sessions;
        this.gate = gate;
        this.writes = writes;
        this.secure = secure;
    }

    void addTo(OwnApi api) {
        api.open("POST session", this::create).open("GET session", this::show).open("DELETE session", this::end);
    }

    /** Signs in. A page of another origin cannot send JSON without asking first, which nobody answers. */
    private ApiAnswer create(ApiRequest request) throws StoreException {
        String type = String.valueOf(request.header("content-type"));
        if (!type.startsWith("application/json")) {
            throw ApiException.badRequest("Content-Type: expected application/json.");
        }
        Doc body = OwnAnswers.body(request);
        try {
            Sessions.Fresh fresh = signIn(body, request.peer());
            note(fresh, name(body), request.peer());
            if (fresh == null) {
                return OwnAnswers.message(NOT_IN, "Name and secret do not belong together.");
            }
            String cookie = cookie(fresh.token(), Sessions.LASTS.toSeconds());
            Doc answer = told(fresh.principal(), fresh.account(), fresh.role().text(), fresh.csrf());
            return OwnAnswers.json(200, answer, Map.of("Set-Cookie", cookie));
        } catch (Sessions.TooOften e) {
            return OwnAnswers.json(
                    TOO_MANY,
                    new Doc().with("message", e.getMessage()),
                    Map.of("Retry-After", String.valueOf(e.seconds())));
        }
    }

    private void note(Sessions.@Nullable Fresh fresh, String name, String peer) throws StoreException {
        String account = fresh == null ? "" : fresh.account();
        String principal = fresh == null ? name : fresh.principal();
        writes.note(
                new AuditLog.Asked(principal, account, "", "SignIn", new Doc(), peer),
                fresh == null ? "AccessDeniedException" : WatchedWrites.DONE);
    }

    private static String name(Doc body) {
        String key = body.text("accessKeyId");
        String name = key == null ? "user/" + body.text("user") : key;
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private Sessions.@Nullable Fresh signIn(Doc body, String peer) throws StoreException, Sessions.TooOften {
        String key = body.text("accessKeyId");
        String secret = body.text("secretAccessKey");
        if (key != null && secret != null) {
            return sessions.withKey(key, secret, peer);
        }
        String user = body.text("user");
        String password = body.text("password");
        if (user != null && password != null) {
            return sessions.withPassword(user, password, peer);
        }
        throw ApiException.badRequest("Expected accessKeyId and secretAccessKey, or user and password.");
    }

    /** Who is signed in. */
    private ApiAnswer show(ApiRequest request) throws StoreException {
        Sessions.Open session = gate.session(request);
        return session == null
                ? OwnAnswers.message(NOT_IN, "Nobody is signed in.")
                : OwnAnswers.json(
                        200,
                        told(
                                session.principal(),
                                session.account(),
                                session.role().text(),
                                session.csrf()));
    }

    /** Signs out. */
    private ApiAnswer end(ApiRequest request) throws StoreException {
        Sessions.Open session = gate.session(request);
        if (session != null) {
            gate.admit(request); // another page must not sign people out
            sessions.end(session);
        }
        return OwnAnswers.json(200, new Doc(), Map.of("Set-Cookie", cookie("", 0)));
    }

    private static Doc told(String principal, String account, String role, String csrf) {
        return new Doc()
                .with("principal", principal)
                .with("accountId", account)
                .with("role", role)
                .with("csrfToken", csrf)
                .with("idleSeconds", Sessions.IDLE.toSeconds());
    }

    private String cookie(String token, long seconds) {
        return Gate.COOKIE + "=" + token + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }
}
