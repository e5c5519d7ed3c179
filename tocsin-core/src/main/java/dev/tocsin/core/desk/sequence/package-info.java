/**
 * Attack sequences (behaviour.md F84 to F88): what one identity and what it made, or one group of instances, did within 24
 * hours, judged by the likelihood of the set.
 */
@NullMarked
package dev.tocsin.core.desk.sequence;

import org.jspecify.annotations.NullMarked;
