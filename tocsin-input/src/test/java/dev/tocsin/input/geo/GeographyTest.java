package dev.tocsin.input.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Address;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Country, town and network of an address from files of either schema, the operator's first. */
final class GeographyTest {

    @TempDir
    Path folder;

    private Path flatCountry;
    private Path nestedCity;
    private Path asnTable;

    @BeforeEach
    void files() throws IOException {
        flatCountry = new MmdbWriter("country ipvAll", 6)
                .add("198.51.100.0/24", Map.of("country_code", "FR"))
                .add("203.0.113.0/24", Map.of("country_code", "HK"))
                .add("2001:db8::/32", Map.of("country_code", "DE"))
                .write(folder.resolve("country.mmdb"));
        nestedCity = new MmdbWriter("GeoLite2-City", 6)
                .add(
                        "198.51.100.128/25",
                        Map.of(
                                "country", Map.of("iso_code", "BE", "names", Map.of("en", "Belgium")),
                                "city", Map.of("names", Map.of("en", "Ghent")),
                                "location", Map.of("latitude", 51.05, "longitude", 3.71667)))
                .add("203.0.113.0/25", Map.of("registered_country", Map.of("iso_code", "CN")))
                .write(folder.resolve("city.mmdb"));
        asnTable = folder.resolve("asn.table");
        AsnTable.compile(
                List.of(
                        new StringReader("203.0.113.0,203.0.113.255,64500,\"Quoted, \"\"Inc\"\"\"\n"
                                + "198.51.100.0,198.51.100.127,16276,OVH SAS\n"),
                        new StringReader("2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,4200000001,OVH SAS\n")),
                asnTable);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # files | address | what is known
            flat,asn        | 198.51.100.7    | {"country":{"countryName":"France"},"organization":{"asn":"16276","asnOrg":"OVH SAS","isp":"OVH SAS","org":"OVH SAS"}}
            flat,asn        | 198.51.100.128  | {"country":{"countryName":"France"}}
            flat,asn        | 203.0.113.9     | {"country":{"countryName":"Hong Kong"},"organization":{"asn":"64500","asnOrg":"Quoted, \\"Inc\\"","isp":"Quoted, \\"Inc\\"","org":"Quoted, \\"Inc\\""}}
            flat,asn        | 2001:db8::1     | {"country":{"countryName":"Germany"},"organization":{"asn":"4200000001","asnOrg":"OVH SAS","isp":"OVH SAS","org":"OVH SAS"}}
            flat,asn        | 2001:db8:1::    | {"country":{"countryName":"Germany"}}
            flat,asn        | 192.0.2.1       | {}
            flat,asn        | 10.1.2.3        | {}
            flat,asn        | 169.254.169.254 | {}
            city,flat,asn   | 198.51.100.200  | {"city":{"cityName":"Ghent"},"country":{"countryName":"Belgium"},"geoLocation":{"lat":51.05,"lon":3.7167}}
            city,flat,asn   | 198.51.100.7    | {"country":{"countryName":"France"},"organization":{"asn":"16276","asnOrg":"OVH SAS","isp":"OVH SAS","org":"OVH SAS"}}
            city            | 203.0.113.9     | {"country":{"countryName":"China"}}
            flat,city       | 198.51.100.200  | {"country":{"countryName":"France"}}
            """)
    void tells(String files, String address, String known) throws IOException {
        List<Path> paths =
                List.of(files.split(",", -1)).stream().map(this::named).toList();
        try (Geography geography = Geography.open(paths, List.of())) {
            assertEquals(known, geography.apply(Address.parse(address)).toJson());
            assertEquals(known, geography.apply(Address.parse(address)).toJson(), "remembered");
        }
    }

    private Path named(String file) {
        return switch (file) {
            case "flat" -> flatCountry;
            case "city" -> nestedCity;
            case "asn" -> asnTable;
            default -> throw new IllegalArgumentException(file);
        };
    }

    @Test
    void readsNestedAndFlatNetworksAlike() throws IOException {
        Path isp = new MmdbWriter("GeoIP2-ISP", 6)
                .add(
                        "198.51.100.0/24",
                        Map.of(
                                "autonomous_system_number", 174L,
                                "autonomous_system_organization", "COGENT-174",
                                "isp", "Cogent Communications",
                                "organization", "A customer of Cogent Communications"))
                .write(folder.resolve("isp.mmdb"));
        try (Geography geography = Geography.open(List.of(isp, asnTable), List.of())) {
            assertEquals(
                    "{\"organization\":{\"asn\":\"174\",\"asnOrg\":\"COGENT-174\",\"isp\":\"Cogent Communications\","
                            + "\"org\":\"A customer of Cogent Communications\"}}",
                    geography.apply(Address.parse("198.51.100.7")).toJson());
        }
    }

    @Test
    void aFileOfIpv4AloneIsNotAskedForIpv6() throws IOException {
        Path v4 = new MmdbWriter("country ipv4", 4)
                .add("0.0.0.0/1", Map.of("country_code", "CN"))
                .write(folder.resolve("v4.mmdb"));
        try (Geography geography = Geography.open(List.of(v4), List.of())) {
            assertEquals("{}", geography.apply(Address.parse("2001:db8::1")).toJson());
            assertEquals(
                    "{\"country\":{\"countryName\":\"China\"}}",
                    geography.apply(Address.parse("8.8.8.8")).toJson());
        }
    }

    @Test
    void publicTablesAreNotBelievedOfDocumentationRanges() throws IOException {
        Path table = new MmdbWriter("country ipvAll", 6)
                .add("198.51.100.0/24", Map.of("country_code", "AU"))
                .add("198.52.0.0/16", Map.of("country_code", "AU"))
                .write(folder.resolve("fetched.mmdb"));
        try (Geography geography = Geography.open(List.of(), List.of(table))) {
            assertEquals("{}", geography.apply(Address.parse("198.51.100.7")).toJson());
            assertEquals(
                    "{\"country\":{\"countryName\":\"Australia\"}}",
                    geography.apply(Address.parse("198.52.0.7")).toJson());
        }
        try (Geography geography = Geography.open(List.of(flatCountry), List.of(table))) {
            assertEquals(
                    "{\"country\":{\"countryName\":\"France\"}}",
                    geography.apply(Address.parse("198.51.100.7")).toJson());
        }
    }

    @Test
    void saysWhatItsFilesTell() throws IOException {
        assertEquals(Set.of(), Geography.open(List.of(), List.of()).facts());
        assertEquals(
                Set.of(Geography.Fact.COUNTRY, Geography.Fact.NETWORK),
                Geography.open(List.of(flatCountry, asnTable), List.of()).facts());
        assertEquals(
                Set.of(Geography.Fact.COUNTRY, Geography.Fact.CITY),
                Geography.open(List.of(nestedCity), List.of()).facts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a database", "absent"})
    void refusesWhatIsNone(String content) throws IOException {
        Path file = folder.resolve("bad.mmdb");
        if (!content.equals("absent")) {
            Files.writeString(file, content);
        }
        IOException refused =
                assertThrows(IOException.class, () -> Geography.open(List.of(flatCountry, file), List.of()));
        assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 100, -1})
    void refusesATableThatIsCutShort(int length) throws IOException {
        byte[] whole = Files.readAllBytes(asnTable);
        Path cut = folder.resolve("cut.table");
        Files.write(cut, Arrays.copyOf(whole, length < 0 ? whole.length - 1 : length));
        assertThrows(IOException.class, () -> Geography.open(List.of(cut), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3.4,1.2.3.5,x,Org", "1.2.3.4,1.2.3.5", "<html>"})
    void doesNotCompileWhatIsNoTable(String csv) {
        Path target = folder.resolve("none.table");
        assertThrows(IOException.class, () -> AsnTable.compile(List.of(new StringReader(csv)), target));
    }
}
