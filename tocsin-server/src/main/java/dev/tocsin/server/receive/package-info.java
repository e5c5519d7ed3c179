/**
 * Logs that are sent here: the HTTP endpoint delivery protocol of Amazon Data Firehose, whose requests wait in a {@link
 * dev.tocsin.server.source.FirehoseSource} until they are kept. Start reading at {@link
 * dev.tocsin.server.receive.FirehoseEndpoint}.
 */
@NullMarked
package dev.tocsin.server.receive;

import org.jspecify.annotations.NullMarked;
