/**
 * Lists that are fetched: which there are, how they come, what is kept of them, and the tables of places and networks.
 *
 * <p>Start reading at {@link dev.tocsin.server.feed.FeedUpdate}.
 */
@NullMarked
package dev.tocsin.server.feed;

import org.jspecify.annotations.NullMarked;
