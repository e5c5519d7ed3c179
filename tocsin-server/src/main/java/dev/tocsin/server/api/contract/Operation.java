package dev.tocsin.server.api.contract;

/**
 * An operation of the API.
 *
 * @param uri its path with {@code {Name}} for members in the path
 * @param status of a success
 * @param input of the request; without members where it has none
 * @param output of the answer; without members where it is empty
 */
public record Operation(String name, String method, String uri, int status, Shape input, Shape output) {}
