package dev.tocsin.core.detect;

import dev.tocsin.core.finding.ThreatMatch;

/**
 * A list entry that fires against an address at an event's time: fresh enough, trusted by no list, and with the port
 * that it names.
 *
 * @param category what the list says of it, as lists write it: {@code c2}, {@code tor-guard}
 * @param own whether it is from the operator's own threat list
 * @param port the port it is listed with, 0 for any
 * @param match the form a finding carries
 */
public record Listed(String category, boolean own, int port, ThreatMatch match) {}
