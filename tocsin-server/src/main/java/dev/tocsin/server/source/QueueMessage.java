package dev.tocsin.server.source;

/**
 * A message of a queue that is kept from others until it is done with or given back.
 *
 * @param id the queue's name for it, the same however often it is delivered
 * @param receipt what this delivery is done with or given back by
 * @param body its text
 * @param times how often it was delivered so far, 1 or more
 * @param sentAt when it was put into the queue, epoch milliseconds
 */
public record QueueMessage(String id, String receipt, String body, int times, long sentAt) {}
