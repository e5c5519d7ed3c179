package dev.tocsin.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class PasswordsTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aPasswordMatchesItselfAlone() {
        String kept = Passwords.kept("correct horse battery", random);
        assertTrue(kept.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), kept);
        assertTrue(Passwords.matches("correct horse battery", kept));
        assertFalse(Passwords.matches("correct horse batterz", kept));
        assertNotEquals(kept, Passwords.kept("correct horse battery", random));
    }

    /** Made by the reference implementation: argon2 somesalt -id -t 2 -k 65536 -p 1 over "password". */
    @Test
    void readsWhatOthersMade() {
        String kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(Passwords.matches("password", kept));
        assertFalse(Passwords.matches("differentpassword", kept));
    }

    @Test
    void damagedFormsMatchNothing() {
        for (String kept : new String[] {"", "null", "$argon2i$v=19$m=1,t=1,p=1$c29t$c29t", "password"}) {
            assertEquals(false, Passwords.matches("password", kept), kept);
        }
    }
}
