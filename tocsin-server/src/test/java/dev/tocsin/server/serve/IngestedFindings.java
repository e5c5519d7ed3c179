package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Findings that an engine elsewhere hands in. */
final class IngestedFindings {

    private IngestedFindings() {}

    /** Hands in findings whose ids are {@code numbers}, in their first revision. */
    static void hand(ServiceFixture to, int... numbers) throws IOException, InterruptedException {
        ServiceFixture.Answer taken = to.signed(
                to.key(ServiceFixture.ACCOUNT, Role.INGEST),
                "POST",
                "/tocsin/v1/ingest",
                Arrays.stream(numbers)
                        .mapToObj(IngestedFindings::finding)
                        .collect(Collectors.joining(",", "{'findings':[", "]}")));
        assertEquals(
                numbers.length,
                taken.body().part("findings").number("taken", -1),
                taken.raw().body());
    }

    private static String finding(int number) {
        String members = "'id':'%032x','type':'Recon:EC2/Portscan','region':'%s','severity':5"
                .formatted(number, ServiceFixture.REGION);
        return "{" + members + ",'account':'" + ServiceFixture.ACCOUNT
                + "','revision':1,'firstSeen':'2026-03-01T12:00:00Z','lastSeen':'2026-03-01T12:05:00Z','document':{"
                + members + ",'accountId':'" + ServiceFixture.ACCOUNT
                + "','schemaVersion':'2.0','title':'<b>t</b>','description':'d','arn':'arn','partition':'aws',"
                + "'resource':{'resourceType':'Instance'},'service':{'count':1}}}";
    }
}
