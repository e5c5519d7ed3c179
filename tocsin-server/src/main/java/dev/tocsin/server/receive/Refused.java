package dev.tocsin.server.receive;

/** A request that is not taken; its message is sent to Firehose, which keeps it with what it could not deliver. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A refusal.
     *
     * @param status of the answer, 4xx or 5xx; after 413 Firehose gives the request up, after any other it tries again
     */
    Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
