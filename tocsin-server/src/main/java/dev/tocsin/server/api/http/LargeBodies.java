package dev.tocsin.server.api.http;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import java.io.InputStream;

/** Answers requests whose bodies are too large to be read before it is known who sends them. */
public interface LargeBodies {

    /** Largest body that it takes as sent, in bytes. */
    int MOST_BODY = 64 << 20;

    /** Whether requests to {@code rawPath} are for it. */
    boolean isFor(String rawPath);

    /**
     * The answer to a request.
     *
     * @param head the request without its body
     * @param body as it comes; it need not be read
     */
    ApiAnswer answer(ApiRequest head, InputStream body);
}
