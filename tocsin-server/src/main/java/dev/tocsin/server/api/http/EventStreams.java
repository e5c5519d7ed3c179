package dev.tocsin.server.api.http;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import java.io.IOException;
import java.io.OutputStream;

/** Answers requests whose answers go on for as long as the client stays: server-sent events. */
public interface EventStreams {

    /** Whether {@code request} is for it. */
    boolean isFor(ApiRequest request);

    /**
     * The answer to {@code request}: one that goes on, or a refusal.
     *
     * @throws ApiException if it is refused
     */
    Opened open(ApiRequest request);

    /** What came of opening a stream. */
    sealed interface Opened permits Refused, Stream {}

    /** There is none. */
    record Refused(ApiAnswer answer) implements Opened {}

    /** An answer that goes on. */
    @FunctionalInterface
    non-sealed interface Stream extends Opened {
        /** Writes to {@code out} until the client or the service is gone; the thread is interrupted to end it. */
        void writeTo(OutputStream out) throws IOException;
    }
}
