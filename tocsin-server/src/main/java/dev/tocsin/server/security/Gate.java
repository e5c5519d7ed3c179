package dev.tocsin.server.security;

import dev.tocsin.server.api.Admission;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.store.StoreException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: those signed with an access key, and those with a session's cookie. A cookie comes by itself with each
 * request of a browser, also one that another page made: so what is not GET needs the session's token in a header too.
 */
public final class Gate implements Admission {

    /** The cookie of a session. */
    public static final String COOKIE = "tocsin_session";

    /** The header that carries a session's token. */
    public static final String CSRF = "x-tocsin-csrf";

    /** The header that says which Region a session means; a signature says it by itself. */
    public static final String REGION = "x-tocsin-region";

    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final String USUAL_REGION = "us-east-1";

    private final SignatureVerifier verifier;
    private final AccessKeys keys;
    private final Sessions sessions;

    /** Lets in who has one of {@code keys} or {@code sessions}. */
    public Gate(SignatureVerifier verifier, AccessKeys keys, Sessions sessions) {
        this.verifier = verifier;
        this.keys = keys;
        this.sessions = sessions;
    }

    @Override
    public Call.Caller admit(ApiRequest request) throws StoreException {
        Sessions.Open session = request.header("authorization") == null ? session(request) : null;
        if (session == null) {
            return signed(request);
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads && !session.isCsrf(request.header(CSRF))) {
            throw ApiException.accessDenied("The header " + CSRF + " does not have the session's token.");
        }
        return new Call.Caller(session.account(), region(request), session.principal(), session.role());
    }

    /** The session of {@code request}'s cookie, or null. */
    public Sessions.@Nullable Open session(ApiRequest request) throws StoreException {
        String token = cookie(request);
        return token == null ? null : sessions.find(token);
    }

    private Call.Caller signed(ApiRequest request) throws StoreException {
        SignatureVerifier.Signer signer = verifier.verify(request);
        AccessKeys.Listed key = keys.find(signer.accessKey());
        if (key == null) { // disabled since its signature passed
            throw ApiException.unsigned(
                    "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        return new Call.Caller(key.account(), signer.region(), key.id(), key.role());
    }

    private static String region(ApiRequest request) {
        String region = request.header(REGION);
        if (region == null) {
            return USUAL_REGION;
        }
        if (!REGION_NAME.matcher(region).matches()) {
            throw ApiException.invalid(REGION, "Expected the name of a Region.");
        }
        return region;
    }

    private static @Nullable String cookie(ApiRequest request) {
        for (String header : request.headers().getOrDefault("cookie", List.of())) {
            for (String pair : header.split(";", -1)) {
                String stripped = pair.strip();
                if (stripped.startsWith(COOKIE + "=")) {
                    return stripped.substring(COOKIE.length() + 1);
                }
            }
        }
        return null;
    }
}
