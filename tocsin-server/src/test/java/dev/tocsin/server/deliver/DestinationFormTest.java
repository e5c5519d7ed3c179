package dev.tocsin.server.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationFormTest {

    private static Doc members(String json) throws IOException {
        return Doc.parse(json.replace('"', '\'').replace('`', '"'));
    }

    private static String wrong(String json, boolean configured) throws IOException {
        try {
            DestinationForm.check(members(json), configured);
            return "";
        } catch (DestinationForm.Wrong e) {
            return e.member();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        a webhook                        |          | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`}
        all that a webhook may have      |          | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`format`:`guardduty`,`secret`:`s`,`authorization`:`Bearer x`,`enabled`:false,`minSeverity`:4.5,`types`:[`Recon:`],`accounts`:[`1`],`regions`:[`r`],`frequency`:`ONE_HOUR`,`rate`:5,`giveUpAfter`:60,`replicas`:true}
        no name                          | name     | {`type`:`webhook`,`url`:`https://example.com/x`}
        a name with markup               | name     | {`name`:`<a>`,`type`:`webhook`,`url`:`https://example.com/x`}
        no type                          | type     | {`name`:`a`,`url`:`https://example.com/x`}
        an unknown type                  | type     | {`name`:`a`,`type`:`pigeon`}
        an unknown format                | format   | {`name`:`a`,`type`:`webhook`,`format`:`xml`,`url`:`https://example.com/x`}
        no address                       | url      | {`name`:`a`,`type`:`webhook`}
        an address of another kind       | url      | {`name`:`a`,`type`:`webhook`,`url`:`file:///etc/passwd`}
        an address with a user           | url      | {`name`:`a`,`type`:`webhook`,`url`:`https://u:p@example.com/x`}
        an address as it is shown        | url      | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/...`}
        a member of another type         | path     | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`path`:`x`}
        a severity that is none          | minSeverity | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`minSeverity`:11}
        a rate that is none              | rate     | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`rate`:1.5}
        types that are no list           | types    | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`types`:`Recon:`}
        a header in a secret             | authorization | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`authorization`:`a\\r\\nX: y`}
        link-local by the API            | allowLinkLocal | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`allowLinkLocal`:true}
        a file of the data folder        |          | {`name`:`a`,`type`:`file`,`path`:`findings.jsonl`}
        a file anywhere by the API       | path     | {`name`:`a`,`type`:`file`,`path`:`/etc/cron.d/x`}
        a file above the data folder     | path     | {`name`:`a`,`type`:`file`,`path`:`../x`}
        syslog                           |          | {`name`:`a`,`type`:`syslog`,`server`:`tls://log.example.com:6514`}
        syslog by another protocol       | server   | {`name`:`a`,`type`:`syslog`,`server`:`http://log.example.com:80`}
        a topic that is none             | topic    | {`name`:`a`,`type`:`sns-http`,`url`:`https://example.com/x`,`topic`:`alerts`}
        a topic of Kafka                 |          | {`name`:`a`,`type`:`kafka`,`brokers`:[`kafka-1.example.com:9096`,`[::1]:9092`],`topic`:`Find.ings_1-a`}
        Kafka with a login               |          | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`security.protocol`:`SASL_SSL`,`sasl.mechanism`:`SCRAM-SHA-512`,`sasl.jaas.config`:`org.apache.kafka.common.security.scram.ScramLoginModule required username=\\`u\\` password=\\`p;\\`;`}}
        Kafka without brokers            | brokers  | {`name`:`a`,`type`:`kafka`,`topic`:`t`}
        Kafka with no broker             | brokers  | {`name`:`a`,`type`:`kafka`,`brokers`:[],`topic`:`t`}
        brokers that are no list         | brokers  | {`name`:`a`,`type`:`kafka`,`brokers`:`k:1`,`topic`:`t`}
        a broker without a port          | brokers  | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`,`k`],`topic`:`t`}
        a broker that is an address      | brokers  | {`name`:`a`,`type`:`kafka`,`brokers`:[`https://k:1`],`topic`:`t`}
        Kafka without a topic            | topic    | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`]}
        a topic that Kafka cannot have   | topic    | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`a b`}
        a topic of dots                  | topic    | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`..`}
        an ARN as Kafka's topic          | topic    | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`arn:aws:sns:eu-central-1:111122223333:t`}
        properties that are no object    | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:`x=y`}
        a property that is no text       | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`max.request.size`:1}}
        a property that there is not     | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`security.protocoll`:`SSL`}}
        a property of a value it has not | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`security.protocol`:`TLS`}}
        a property that is ours          | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`acks`:`0`}}
        a file by a property             | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`ssl.truststore.location`:`/etc/shadow`}}
        a class by a property            | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`interceptor.classes`:`java.lang.Runtime`}}
        unchecked names by a property    | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`ssl.endpoint.identification.algorithm`:``}}
        another login module             | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`sasl.jaas.config`:`com.sun.security.auth.module.JndiLoginModule required user.provider.url=\\`ldap://x\\`;`}}
        two login modules                | properties | {`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:{`sasl.jaas.config`:`org.apache.kafka.common.security.plain.PlainLoginModule required username=\\`u\\` password=\\`p\\`; com.sun.security.auth.module.JndiLoginModule required;`}}
        properties of a webhook          | properties | {`name`:`a`,`type`:`webhook`,`url`:`https://example.com/x`,`properties`:{}}
        a queue                          |          | {`name`:`a`,`type`:`sqs`,`queue`:`https://sqs.eu-central-1.amazonaws.com/1/q`}
        """)
    void tells(String name, String member, String json) throws IOException {
        assertEquals(member == null ? "" : member, wrong(json, false), name);
    }

    @Test
    void theConfigurationMayDoMore() throws IOException {
        assertEquals("", wrong("{`name`:`a`,`type`:`file`,`path`:`/var/log/findings.jsonl`}", true));
        assertEquals(
                "", wrong("{`name`:`a`,`type`:`webhook`,`url`:`http://169.254.1.1/x`,`allowLinkLocal`:true}", true));
    }

    @Test
    void theConfigurationSetsWhatElseKafkasClientKnows() throws IOException {
        String kafka = "{`name`:`a`,`type`:`kafka`,`brokers`:[`k:1`],`topic`:`t`,`properties`:";
        assertEquals("", wrong(kafka + "{`ssl.truststore.location`:`/etc/tocsin/ca.pem`}}", true));
        assertEquals("properties", wrong(kafka + "{`acks`:`1`}}", true));
        assertEquals("properties", wrong(kafka + "{`aks`:`all`}}", true));
    }

    @Test
    void whatIsShownHasNoSecret() throws IOException {
        Doc shown = DestinationForm.shown(
                members(
                        "{`name`:`a`,`url`:`https://hooks.example.com:8443/T0/B0/k3y?x=k4y`,`secret`:`s3cret`,`authorization`:`Bearer t0ken`,`properties`:{`sasl.jaas.config`:`l0gin`}}"));
        assertEquals("https://hooks.example.com:8443/...", shown.text("url"));
        for (String secret : new String[] {"k3y", "k4y", "s3cret", "t0ken", "l0gin"}) {
            assertFalse(shown.toJson().contains(secret), shown.toJson());
        }
        assertEquals(true, shown.get("secretSet"));
    }
}
