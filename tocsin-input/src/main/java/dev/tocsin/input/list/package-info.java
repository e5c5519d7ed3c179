/**
 * Lists of indicators, from the bytes of a file or feed to entries and a report: every format is one small class, told
 * by content or declared.
 *
 * <p>To add a format, copy {@code TorExitFormat}, and add one line to {@code ListFormats.ALL}. Start reading at
 * {@link dev.tocsin.input.list.ListReader}.
 */
@NullMarked
package dev.tocsin.input.list;

import org.jspecify.annotations.NullMarked;
