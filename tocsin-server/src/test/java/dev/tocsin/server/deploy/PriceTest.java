package dev.tocsin.server.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/price}, and the prices that it reads. */
final class PriceTest {

    private static final Path DEPLOY = Path.of("../deploy");

    private static String price(int exit, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(DEPLOY.resolve("price").toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exit, process.waitFor(), said);
        return said;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                                 | arguments                                                | in all
            nothing but the key                    | --region us-east-1                                       | 1.00
            300 GB: 0.38 a GB, 0.09 of a fifth     | --region us-east-1 --flow-gb 10                          | 120.80
            the same elsewhere is dearer           | --region eu-central-1 --flow-gb 10                       | 184.40
            a million events a day                 | --region us-east-1 --trail-events 1000000                | 6.58
            """)
    void estimates(String what, String arguments, String inAll) throws IOException, InterruptedException {
        String said = price(0, arguments);
        assertTrue(said.matches("(?s).*in all +" + inAll + "\\n.*"), said);
        assertTrue(said.startsWith("an estimate"), said);
    }

    @ParameterizedTest
    @CsvSource({"--flow-gb 1", "--region us-east-1 --flow-gb ten", "--region us-east-1 --flow-gb", "--help"})
    void saysHowItIsUsed(String arguments) throws IOException, InterruptedException {
        assertTrue(price(2, arguments).contains("usage: deploy/price"));
    }

    @Test
    void everyPriceHasItsDateAndSource() throws IOException {
        for (String line : Files.readAllLines(DEPLOY.resolve("prices.tsv"))) {
            if (!line.startsWith("#") && !line.startsWith("meter")) {
                String[] columns = line.split("\t", -1);
                assertEquals(5, columns.length, line);
                assertTrue(Double.parseDouble(columns[2]) > 0, line);
                assertTrue(columns[3].matches("20\\d\\d-\\d\\d-\\d\\d"), line);
                assertTrue(columns[4].length() > 10, line);
            }
        }
    }
}
