package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys that a Region's CloudTrail signs digests with, by fingerprint. */
public final class DigestKeys {

    /** AlgorithmIdentifier of an RSA key (RFC 8017, A.1), which stands before the key that AWS gives alone. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private final Map<String, PublicKey> keys = new HashMap<>();

    /** No keys: signatures are not checked. */
    public DigestKeys() {}

    /**
     * Reads what {@code aws cloudtrail list-public-keys} answers.
     *
     * @throws IOException if the file cannot be read or holds no such key; its message is for people
     */
    public static DigestKeys read(Path file) throws IOException {
        DigestKeys read = new DigestKeys();
        for (Doc key : JsonText.objects(JsonText.object(Files.readString(file)).get("PublicKeyList"))) {
            String value = key.text("Value");
            String fingerprint = key.text("Fingerprint");
            if (value == null || fingerprint == null) {
                throw new IOException("a key without Value or Fingerprint");
            }
            try {
                read.keys.put(fingerprint, key(Base64.getDecoder().decode(value)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IOException("key " + fingerprint + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (read.keys.isEmpty()) {
            throw new IOException("no PublicKeyList in it; it is what 'aws cloudtrail list-public-keys' answers");
        }
        return read;
    }

    /** The key that {@code pkcs1}, a DER RSAPublicKey, is. */
    private static PublicKey key(byte[] pkcs1) throws GeneralSecurityException {
        byte[] bits = new byte[pkcs1.length + 1];
        System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
        byte[] whole = der(0x30, RSA, der(0x03, bits));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(whole));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether {@code signature}, in hexadecimal, is AWS's of {@code digest}; null if its key is not here. */
    @Nullable
    Boolean signed(Digest digest, String signature) {
        PublicKey key = keys.get(String.valueOf(digest.fingerprint()));
        if (key == null) {
            return null;
        }
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(digest.signed());
            return check.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
