package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two accounts, three people and an instance, known to a state; then one of them is to be forgotten. */
final class ForgetCommandTest extends CommandFixture {

    private static final String ACCOUNT = "111122223333";
    private static final String INSTANCE = "i-0aaaabbbbccccdddd";

    private Path state;

    @BeforeEach
    void learn() throws IOException {
        String alicia = KALI.replace("user/alice", "user/alice2")
                .replace("\"alice\"", "\"alice2\"")
                .replace("AIDAEXAMPLE", "AIDAEXAMPLE2")
                .replace("e-1", "e-2");
        String other = KALI.replace(ACCOUNT, "444455556666")
                .replace("alice", "bob")
                .replace("AIDAEXAMPLE", "AIDAEXAMPLE3")
                .replace("e-1", "e-3");
        object("a_111122223333_x.json.gz", KALI, alicia, call("StopLogging", 9, "e-4"));
        object("b_444455556666_x.json.gz", other);
        Files.writeString(folder.resolve("q_111122223333.json"), """
                {"version":"1.1","account_id":"111122223333","region":"us-east-1","vpc_id":"vpc-1",\
                "query_timestamp":"2026-03-01T12:05:00Z","query_name":"rebind.example.","query_type":"A",\
                "query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"169.254.169.254","Type":"A","Class":"IN"}],\
                "srcaddr":"10.0.0.5","srcport":"5353","transport":"UDP","srcids":{"instance":"i-0aaaabbbbccccdddd"}}
                """);
        Path inventory = folder.resolveSibling(folder.getFileName() + "-interfaces.json");
        Files.writeString(inventory, """
                {"NetworkInterfaces":[{"NetworkInterfaceId":"eni-0aaaabbbb","OwnerId":"111122223333",\
                "InterfaceType":"interface","VpcId":"vpc-1","PrivateIpAddress":"10.0.0.5",\
                "Attachment":{"InstanceId":"i-0aaaabbbbccccdddd","AttachmentId":"eni-attach-1"}}]}
                """);
        state = folder.resolveSibling(folder.getFileName() + "-state");
        assertEquals(
                0,
                tocsin(
                        "analyze",
                        "--quiet",
                        "--state",
                        state.toString(),
                        "--inventory",
                        inventory.toString(),
                        folder.toString()),
                err.toString());
        out.getBuffer().setLength(0);
    }

    @ParameterizedTest
    @CsvSource({
        "--account, 111122223333, 111122223333, 444455556666",
        "--principal, arn:aws:iam::111122223333:user/alice, arn:aws:iam::111122223333:user/alice;, alice2",
        "--instance, i-0aaaabbbbccccdddd, i-0aaaabbbbccccdddd, alice2"
    })
    void nothingOfItStaysInTheFileAndTheOthersDo(String option, String who, String gone, String stays)
            throws IOException, SQLException {
        assertTrue(kept().contains(who), "it is there before");
        assertEquals(0, tocsin("forget", option, who, "--state", state.toString()), err.toString());
        assertTrue(out.toString().startsWith("Deleted of " + who + ": "), out.toString());
        String kept = kept();
        int at = kept.indexOf(gone.replace(';', '\0'));
        assertTrue(at < 0, () -> "state and findings, unpacked: " + kept.substring(Math.max(0, at - 200), at + 100));
        assertTrue(kept.contains(stays));
        assertFalse(raw().contains(gone), "the bytes of the file");
    }

    @Test
    void theNameAmongThoseOfTheAccountGoesToo() throws IOException, SQLException {
        object("c_111122223333_y.json.gz", call("ListUsers", 59, "e-9").replace("alice", "carol"));
        assertEquals(0, tocsin("analyze", "--quiet", "--state", state.toString(), folder.toString()), err.toString());
        assertTrue(names().containsAll(List.of("alice", "alice2")), "half an hour later they are known: " + names());
        assertEquals(
                0,
                tocsin("forget", "--principal", "arn:aws:iam::111122223333:user/alice", "--state", state.toString()),
                err.toString());
        assertFalse(names().contains("alice"), names().toString());
        assertTrue(names().contains("alice2"), names().toString());
    }

    /** The names of values that the account's identities used. */
    private List<String> names() throws SQLException, IOException {
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("tocsin.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT state FROM entry WHERE kind = 'valueName'")) {
            while (rows.next()) {
                names.add(text(rows, 1).replace("\0", "").strip());
            }
        }
        return names;
    }

    @Test
    void whatIsLeftGoesOn() {
        tocsin("forget", "--principal", "arn:aws:iam::111122223333:user/alice", "--state", state.toString());
        out.getBuffer().setLength(0);
        assertEquals(
                0, tocsin("analyze", "--state", state.toString(), "--all", "--format", "jsonl", folder.toString()));
        List<String> findings = out.toString().lines().toList();
        assertEquals(3, findings.size(), out.toString());
        assertFalse(out.toString().contains("\"userName\":\"alice\""), out.toString());
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(2, tocsin("forget", "--account", "1111", "--state", state.toString()));
        assertTrue(err.toString().contains("expected twelve digits, found '1111'"), err.toString());
        assertEquals(2, tocsin("forget", "--state", state.toString()));
        assertEquals(2, tocsin("forget", "--account", ACCOUNT, "--instance", INSTANCE, "--state", state.toString()));
        assertEquals(
                2,
                tocsin(
                        "forget",
                        "--account",
                        ACCOUNT,
                        "--state",
                        folder.resolve("none").toString()));
        assertTrue(err.toString().contains("no state there"), err.toString());
    }

    /** All that the tables hold, unpacked, each value with a zero behind it. */
    private String kept() throws SQLException, IOException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            for (String table : List.of("entry", "finding", "object", "timer")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.append(text(rows, i)).append('\0');
                        }
                    }
                }
            }
        }
        return all.toString();
    }

    private static String text(ResultSet rows, int column) throws SQLException, IOException {
        if (rows.getObject(column) instanceof byte[] packed) {
            StringBuilder texts = new StringBuilder();
            try (JsonParser in =
                    new CBORFactory().createParser(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
                for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                    texts.append(token.isScalarValue() || token == JsonToken.FIELD_NAME ? in.getText() : "")
                            .append('\0');
                }
            }
            return texts.toString();
        }
        return String.valueOf(rows.getString(column));
    }

    private String raw() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(state)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
