package dev.tocsin.server.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of places, fetched with a program that stands in for npm. */
final class GeographyUpdateTest {

    @TempDir
    Path root;

    private FeedUpdate.Outcome update(String npm) throws IOException, InterruptedException {
        return new GeographyUpdate(new DataFolder(root), npm).update();
    }

    private String npm(String script) throws IOException {
        Path program = Files.writeString(root.resolve("npm"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    @Test
    void saysWhenNpmIsNotThere() throws IOException, InterruptedException {
        FeedUpdate.Outcome outcome = update(root.resolve("no-npm").toString());
        assertEquals(FeedUpdate.State.FAILED, outcome.state());
        assertTrue(outcome.message().startsWith("npm is not installed"), outcome.message());
        assertTrue(outcome.message().contains("--geo FILE"), outcome.message());
    }

    @Test
    void saysWhatNpmSays() throws IOException, InterruptedException {
        FeedUpdate.Outcome outcome = update(npm("echo no such package >&2; exit 1\n"));
        assertEquals(FeedUpdate.State.FAILED, outcome.state());
        assertTrue(outcome.message().startsWith("npm view failed: no such package"), outcome.message());
    }

    @Test
    void refusesAPackageThatHoldsSomethingElse() throws IOException, InterruptedException {
        FeedUpdate.Outcome outcome = update(npm("""
                [ "$1" = view ] && { echo 1.0.0; exit; }
                at=$3/node_modules/@ip-location-db
                mkdir -p "$at/asn" "$at/geo-whois-asn-country-mmdb"
                echo 1.1.1.0,1.1.1.255,13335,Name >"$at/asn/asn-ipv4.csv"
                echo 2001:db8::,2001:db8::1,13335,Name >"$at/asn/asn-ipv6.csv"
                echo nonsense >"$at/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"
                """));
        assertEquals(FeedUpdate.State.FAILED, outcome.state(), outcome.message());
        assertTrue(outcome.message().contains("neither an mmdb file"), outcome.message());
        assertTrue(new DataFolder(root).geography().isEmpty());
        assertFalse(Files.exists(root.resolve("geo/.new")), "nothing half done");
    }
}
