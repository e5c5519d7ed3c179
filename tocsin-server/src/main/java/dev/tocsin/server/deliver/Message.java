package dev.tocsin.server.deliver;

/**
 * What is sent.
 *
 * @param id the same whenever the same state of the same finding is sent: by it a receiver knows a repeat
 * @param finding id of the finding, by which messages are kept in order
 * @param type of the finding
 * @param title for people
 * @param severity 1.0 to 10.0
 * @param contentType of the body
 * @param body UTF-8
 */
record Message(
        String id, String finding, String type, String title, double severity, String contentType, String body) {}
