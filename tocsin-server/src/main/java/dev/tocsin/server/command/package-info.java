/**
 * The command line.
 *
 * <p>Start reading at {@link dev.tocsin.server.command.TocsinCommand}.
 */
@NullMarked
package dev.tocsin.server.command;

import org.jspecify.annotations.NullMarked;
