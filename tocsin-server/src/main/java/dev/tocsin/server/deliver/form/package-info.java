/**
 * Findings in the words of others: OCSF, the AWS Security Finding Format, and text for people. Start reading at {@link
 * dev.tocsin.server.deliver.form.TextForm}.
 */
@NullMarked
package dev.tocsin.server.deliver.form;

import org.jspecify.annotations.NullMarked;
