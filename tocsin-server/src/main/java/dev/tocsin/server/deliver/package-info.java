/**
 * Destinations of our own, beside GuardDuty's exports to S3: each finding leaves as a message of the destination's format,
 * at least once, in order for each finding. Start reading at {@link dev.tocsin.server.deliver.Lanes}.
 */
@NullMarked
package dev.tocsin.server.deliver;

import org.jspecify.annotations.NullMarked;
