package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FindingConditionTest {

    private static final String FINDING = """
            {"id":"f1","severity":8.0,"updatedAt":"2026-03-01T12:00:00.000Z","accountId":"012345678901",
             "resource":{"instanceDetails":{"instanceId":"i-1","outpostArn":"arn:o","tags":[{"key":"a","value":"1"},
               {"key":"b","value":"2"}],"networkInterfaces":[{"ipv6Addresses":["2001:db8::1"],"vpcId":"vpc-1"},
               {"ipv6Addresses":[],"vpcId":"vpc-2"}]}},
             "service":{"archived":false,"count":3,
               "runtimeDetails":{"process":{"executablePath":"/usr/bin/[x]"}}}}""";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "id                                                     | {'equals':['f1','f2']}      | true",
                "id                                                     | {'eq':['f1']}               | true",
                "id                                                     | {'neq':['f1']}              | false",
                "id                                                     | {'notEquals':['f2']}        | true",
                "severity                                               | {'eq':['8']}                | true",
                "severity                                               | {'eq':['8.0']}              | true",
                "severity                                               | {'gte':8}                   | true",
                "severity                                               | {'gt':8}                    | false",
                "severity                                               | {'gt':7,'lt':9}             | true",
                "accountId                                              | {'equals':['012345678901']} | true",
                "accountId                                              | {'equals':['12345678901']}  | false",
                "updatedAt                                              | {'gte':1772366400000}       | true",
                "updatedAt                                              | {'gt':1772366400000}        | false",
                "service.archived                                       | {'eq':['false']}            | true",
                "resource.instanceDetails.tags.value                    | {'equals':['2']}            | true",
                "resource.instanceDetails.tags.value                    | {'notEquals':['2']}         | false",
                "resource.instanceDetails.networkInterfaces.vpcId       | {'equals':['vpc-2']}        | true",
                "resource.instanceDetails.networkInterfaces.ipv6Addresses | {'equals':['2001:db8::1']} | true",
                "resource.instanceDetails.outpostARN                    | {'equals':['arn:o']}        | true",
                "resource.lambdaDetails.functionName                    | {'equals':['f']}            | false",
                "resource.lambdaDetails.functionName                    | {'notEquals':['f']}         | true",
                "service.runtimeDetails.process.executablePath          | {'matches':['/usr/*']}      | true",
                "service.runtimeDetails.process.executablePath          | {'matches':['/usr/bin/[?]']} | true",
                "service.runtimeDetails.process.executablePath          | {'matches':['/bin/*']}      | false",
                "service.runtimeDetails.process.executablePath          | {'notMatches':['/usr/*']}   | false",
            })
    void holdsAsWritten(String attribute, String condition, boolean holds) throws IOException {
        Doc criterion = Doc.parse(("{'" + attribute.strip() + "':" + condition + "}").replace('\'', '"'));

        assertEquals(holds, FindingCondition.allHold(FindingCondition.all(criterion), Doc.parse(FINDING)));
    }
}
