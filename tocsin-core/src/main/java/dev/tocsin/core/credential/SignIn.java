package dev.tocsin.core.credential;

import dev.tocsin.core.event.ApiCall;

/**
 * Somebody signs in where they cannot be, as they are elsewhere at that time.
 *
 * @param call the sign-in
 * @param person who
 * @param elsewhere network of the other place
 * @param secondsApart between the sign-in and the nearest use of the other place, in steps of ten minutes
 * @param kilometres between both, or -1 if no map says
 */
public record SignIn(ApiCall call, Person person, long elsewhere, long secondsApart, long kilometres) {}
