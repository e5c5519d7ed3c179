/**
 * Findings for people and programs: table, JSON lines, JSON, CSV.
 *
 * <p>Start reading at {@link dev.tocsin.server.report.FindingWriter}.
 */
@NullMarked
package dev.tocsin.server.report;

import org.jspecify.annotations.NullMarked;
