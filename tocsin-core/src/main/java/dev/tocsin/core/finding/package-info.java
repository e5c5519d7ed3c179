/**
 * What is found: the kinds of finding, what a detector signals, and the finding in GuardDuty's words.
 *
 * <p>Start reading at {@link dev.tocsin.core.finding.FindingType} and {@link dev.tocsin.core.finding.Signal}.
 */
@NullMarked
package dev.tocsin.core.finding;

import org.jspecify.annotations.NullMarked;
