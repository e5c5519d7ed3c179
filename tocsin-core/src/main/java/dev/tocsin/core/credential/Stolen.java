package dev.tocsin.core.credential;

import dev.tocsin.core.event.ApiCall;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of a resource are used where the resource is not.
 *
 * @param call with them
 * @param holder whose they are
 * @param place where from
 * @param account that owns the place, or null if no record says
 * @param affiliated whether that account is one of the operator's
 * @param proven whether records prove that they are the holder's; else the inventory must know the role for an instance's
 * @param others other public places from which the holder uses them
 */
public record Stolen(
        ApiCall call,
        Holder holder,
        Place place,
        @Nullable String account,
        boolean affiliated,
        boolean proven,
        int others) {}
