package dev.tocsin.server.source;

/**
 * How far reading has come in one lane of a stream.
 *
 * @param name the partition or shard
 * @param behind whether it is known, or likely, that it holds more
 * @param records that wait there; -1 if the stream does not say
 * @param millis age of the next of them; -1 if the stream does not say
 */
public record StreamLane(String name, boolean behind, long records, long millis) {}
