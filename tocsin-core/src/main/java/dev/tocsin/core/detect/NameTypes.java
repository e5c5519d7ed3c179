package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;

/** What the types of listed names say alike. */
final class NameTypes {

    private NameTypes() {}

    /**
     * A type of {@link ListedName}.
     *
     * @param what the listed names belong to
     * @param categories of the entries that make it
     */
    static FindingType named(String name, double severity, String what, String... categories) {
        return FindingType.named(name)
                .about(DataSource.DNS, ResourceKind.INSTANCE, Role.ACTOR)
                .severity(severity)
                .texts(
                        "A domain listed for " + what + " was queried by {host}.",
                        "{host} asked for {domain}, a name listed for " + what
                                + " (or an alias of one). Malware on the host may be at work.")
                .firesWhen("a name of the resolver query log, or an alias in its answer, is or lies below an entry of"
                        + " category " + String.join(" or ", categories)
                        + (categories[0].equals("blackhole") ? "; or an answer is a listed sinkhole address" : "")
                        + ", whatever the response code, and also where DNS Firewall blocked it.")
                .doesNotSee("names asked of other resolvers; names of the VPC itself, single labels and reverse"
                        + " look-ups; look-ups that mail servers make (MX, SPF, DKIM, DMARC), unless the entry is your"
                        + " own; entries too old at the query's time.")
                .nextSteps("Find the process on the host that asks, and whether a connection to the answer followed. If"
                        + " the host relays mail, forwards queries or scans links, suppress by that role; else isolate"
                        + " it and look for malware.")
                .technique("T1071.004")
                .needs(categories)
                .build();
    }
}
