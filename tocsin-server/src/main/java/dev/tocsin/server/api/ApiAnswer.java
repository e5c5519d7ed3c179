package dev.tocsin.server.api;

import java.util.Map;

/**
 * An answer to be sent over HTTP.
 *
 * @param headers by name; Content-Type among them where there is a body
 */
@SuppressWarnings("ArrayRecordComponent") // one owner, never compared
public record ApiAnswer(int status, Map<String, String> headers, byte[] body) {}
