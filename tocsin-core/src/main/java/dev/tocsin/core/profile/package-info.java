/**
 * What an interface's host usually does: the ports and resolvers it turns to, and how much it sends.
 *
 * <p>Start reading at {@link dev.tocsin.core.profile.HostProfile}.
 */
@NullMarked
package dev.tocsin.core.profile;

import org.jspecify.annotations.NullMarked;
