/** AWS Signature Version 4, the receiving side. */
@NullMarked
package dev.tocsin.server.api.sign;

import org.jspecify.annotations.NullMarked;
