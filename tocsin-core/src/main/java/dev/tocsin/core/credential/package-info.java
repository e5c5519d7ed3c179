/**
 * Credentials that AWS issued to an instance, function or task: whose they are, from where they are used, and whether that is
 * theft. Start reading at {@link dev.tocsin.core.credential.Theft}.
 */
@NullMarked
package dev.tocsin.core.credential;

import org.jspecify.annotations.NullMarked;
