package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.OwnNames;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** {@code UnauthorizedAccess:EC2/MetadataDNSRebind}: a public name that leads to the instance metadata service. */
final class MetadataDnsRebind implements NameQueryDetector {

    static final FindingType TYPE = FindingType.named("UnauthorizedAccess:EC2/MetadataDNSRebind")
            .about(DataSource.DNS, ResourceKind.INSTANCE, Role.ACTOR)
            .severity(8)
            .texts(
                    "{host} asked for a domain that resolves to the instance metadata address.",
                    "{host} asked for {domain}, whose answer is the instance metadata service. An application on it may"
                            + " be led to read the credentials of the instance's role (DNS rebinding).")
            .firesWhen("the answer for a public name is 169.254.169.254 or fd00:ec2::254, or an alias of"
                    + " instance-data.ec2.internal.")
            .doesNotSee(
                    "names of the VPC itself and single labels, which AWS's own resolver answers so; answers of other"
                            + " resolvers.")
            .nextSteps("Find which application asked and whether it fetches addresses that users give it. Require"
                    + " version 2 of the metadata service, and look for use of the role's credentials elsewhere.")
            .technique("T1552.005")
            .build();

    private static final Set<Address> METADATA = Set.of(
            Objects.requireNonNull(Address.parse("169.254.169.254")),
            Objects.requireNonNull(Address.parse("fd00:ec2::254")));

    private static final Set<String> METADATA_NAMES = Set.of("instance-data", "instance-data.ec2.internal");

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(NameQuery query, Context context, Consumer<Signal> out) {
        if (isRebound(query)) {
            out.accept(NameSignal.of(TYPE, query).build());
        }
    }

    /** Whether the answer to a public name is the metadata service. */
    static boolean isRebound(NameQuery query) {
        return !query.answers().isEmpty()
                && query.answers().stream().anyMatch(MetadataDnsRebind::leadsThere)
                && !OwnNames.holds(query.name());
    }

    private static boolean leadsThere(NameQuery.Answer answer) {
        return switch (answer.type()) {
            case "A", "AAAA" -> {
                Address address = Address.parse(answer.data());
                yield address != null && METADATA.contains(address);
            }
            case "CNAME", "DNAME" -> METADATA_NAMES.contains(answer.data());
            default -> false;
        };
    }
}
