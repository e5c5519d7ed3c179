package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FloodsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens              | flows                                                                                | finding
            openings without end        | out 40000 443 S 1000*40B c250                                                        | Tcp
            fewer                       | out 40000 443 S 900*40B c250                                                         | none
            an upload                   | out 40000 443 S 300000*1400B; in 40000 443 SA 120000*52B                             | none
            over UDP                    | out 40000 27015 udp 300000*1200B                                                     | Udp
            video, answered now and then| out 40000 27015 udp 300000*1200B; in 40000 27015 udp 9000*80B                        | none
            to a port of TCP            | out 40000 80 udp 300000*900B                                                         | UdpOnTcpPorts
            QUIC is no such             | out 40000 443 udp 300000*900B                                                        | Udp
            questions                   | out 40000 53 udp 300000*64B; in 40000 53 udp 40000*80B                               | Dns
            a busy resolver             | out 40000 53 udp 300000*64B; in 40000 53 udp 290000*180B                             | none
            another protocol            | out 0000 0000 proto103 40000*600B                                                    | UnusualProtocol
            a tunnel                    | out 0000 0000 proto47 400000*600B; in 0000 0000 proto47 200000*300B                  | none
            echo requests               | out 0000 0000 proto1 400000*64B                                                      | none
            inside the network          | out 40001 443 S x20 10.0.8.1; out 40000 27015 udp 300000*1200B 10.0.9.9              | none
            to all ports of an address  | out 40000 1024 udp p300 1000*1000B                                                   | Udp
            and answered                | out 40000 1024 udp p300 1000*1000B; in 40000 1024 udp p300 30*80B                    | none
            logs to a collector         | out 40000 514 udp 300000*240B                                                        | none
            a flood of its port         | out 40000 514 udp 3000000*240B                                                       | Udp
            openings to several         | out 40000 80 S x12 25000*40B                                                         | Tcp
            connections that fail       | out 40000 80 S x200 1500*40B                                                         | none
            stopped on its way          | out 40000 27015 udp 300000*1200B reject                                              | none
            """)
    void tells(String name, String flows, String finding) {
        List<String> forms = FlowFixture.signals(new TestLists(), flows).stream()
                .map(signal -> signal.type().name())
                .filter(type -> type.contains("DenialOfService"))
                .map(type -> type.substring(type.indexOf('.') + 1))
                .toList();
        assertEquals(finding, forms.isEmpty() ? "none" : String.join(",", forms));
    }

    @Test
    void sumsWhatItAddsUp() {
        Signal signal = FlowFixture.signals(new TestLists(), "out 40000 1024 udp p250 1000*900B").stream()
                .filter(one -> one.type().equals(Floods.UDP_TYPE))
                .findFirst()
                .orElseThrow();
        assertEquals(250_000L, signal.additional().number("totalPacketsOut", 0));
        assertEquals(250_000L * 900, signal.additional().number("totalBytesOut", 0));
        assertEquals(900L, signal.additional().number("averagePacketSizeOut", 0));
        assertEquals(250L, signal.additional().number("portsSeen", 0));
    }

    @Test
    void whatGoesOnForDaysIsAHabit() {
        String days = IntStream.range(0, 4)
                .mapToObj(i -> "out 40000 5514 udp 300000*400B +" + i * 86_400)
                .collect(Collectors.joining(";"));
        List<Signal> signals = FlowFixture.signals(new TestLists(), days).stream()
                .filter(signal -> signal.type().equals(Floods.UDP_TYPE))
                .toList();
        assertEquals(Floods.HABIT_DAYS, signals.size());
        assertEquals(300_000L, signals.getFirst().additional().number("totalPacketsOut", 0));
    }
}
