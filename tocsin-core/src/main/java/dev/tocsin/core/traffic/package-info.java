/**
 * What an interface's traffic adds up to in a window of event time: who was contacted on which service, how much went each
 * way, and what was answered. Detectors of behaviour judge a window once no record of it is awaited any more.
 *
 * <p>Start reading at {@link dev.tocsin.core.traffic.TrafficWindow}.
 */
@NullMarked
package dev.tocsin.core.traffic;

import org.jspecify.annotations.NullMarked;
