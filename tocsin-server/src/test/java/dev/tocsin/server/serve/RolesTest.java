package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.api.Role;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RolesTest extends ServiceFixture {

    @Test
    void eachRoleMayItsOwn() throws IOException, InterruptedException {
        Key reader = key(ACCOUNT, Role.READER);
        Key ingest = key(ACCOUNT, Role.INGEST);
        assertEquals(
                200,
                signed(administrator, "POST", "/detector", "{'enable':true}").status());
        assertEquals(200, signed(reader, "GET", "/detector", "").status());
        assertEquals(403, signed(reader, "POST", "/detector", "{'enable':true}").status());
        assertEquals(200, signed(reader, "GET", "/tocsin/v1/ledger", "").status());
        assertEquals(403, signed(ingest, "GET", "/detector", "").status());
        assertEquals(403, signed(ingest, "GET", "/tocsin/v1/ledger", "").status());
        assertEquals(403, open("GET", "/tocsin/v1/ledger", "").status());
    }

    @Test
    void aKeyThatIsDisabledWhileTheServiceRunsOpensNothing() throws IOException, InterruptedException {
        Key reader = key(ACCOUNT, Role.READER);
        assertEquals(200, signed(reader, "GET", "/detector", "").status());
        try (var store = Store.openBeside(folder.resolve("data"))) {
            var random = new SecureRandom();
            assertTrue(new AccessKeys(store, Sealer.in(folder.resolve("data"), random), random, InstantSource.system())
                    .disable(reader.id()));
        }
        Answer refused = signed(reader, "GET", "/detector", "");
        assertEquals(403, refused.status());
        assertEquals("UnrecognizedClientException", refused.text("__type"));
    }

    @Test
    void anAccountSeesItsOwnRowsOfTheLedger() throws IOException, InterruptedException {
        try (var store = Store.openBeside(folder.resolve("data"))) {
            for (String account : new String[] {ACCOUNT, "222222222222", "333333333333"}) {
                String name = "s3://logs/AWSLogs/" + account + "/CloudTrail/eu-central-1/2026/03/01/x.json.gz";
                var row = new LedgerRow(name);
                store.write(transaction -> transaction.object(new ObjectIdentity(name, 1, "v"), row.toDoc(), true));
            }
        }
        assertEquals(3, rows(administrator), "the management account sees all");
        assertEquals(1, rows(key("222222222222", Role.ADMINISTRATOR)));
        assertEquals(0, rows(key("444444444444", Role.READER)));
    }

    private int rows(Key key) throws IOException, InterruptedException {
        return signed(key, "GET", "/tocsin/v1/ledger", "").body().get("objects") instanceof List<?> rows
                ? rows.size()
                : -1;
    }
}
