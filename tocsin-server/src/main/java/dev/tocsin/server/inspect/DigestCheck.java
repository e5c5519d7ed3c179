package dev.tocsin.server.inspect;

import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares CloudTrail's log files with its digest files: none missing, none changed, the chain of digests unbroken. Files
 * are told by their name, which AWS makes unique, so copies may lie anywhere; hashes are of the unpacked content.
 */
public final class DigestCheck {

    /** Largest digest that is read, unpacked, in bytes. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MAGIC = 2;

    /** How bad a problem is. */
    public enum Kind {
        /** A file that a digest names is not there. */
        MISSING,
        /** A file is not as it was delivered. */
        CHANGED,
        /** Something that a person should know; nothing is proven. */
        NOTE
    }

    /** One thing that was found. */
    public record Problem(Kind kind, String text) {}

    private final DigestKeys keys;
    private final Map<String, List<SourceObject>> byName = new HashMap<>();
    private final Map<String, List<Digest>> chains = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> vouched = new HashSet<>();
    private int digests;
    private int verified;
    private int signatures;

    /** A check that looks at signatures with {@code keys}. */
    public DigestCheck(DigestKeys keys) {
        this.keys = keys;
    }

    /** Checks {@code objects}, log files and digests together. */
    public void run(List<SourceObject> objects) {
        for (SourceObject object : objects) {
            byName.computeIfAbsent(name(object.name()), ignored -> new ArrayList<>())
                    .add(object);
        }
        objects.stream().filter(object -> isDigest(object.name())).forEach(this::read);
        chains.forEach(this::chain);
        unlisted(objects);
    }

    private static boolean isDigest(String name) {
        return "CloudTrail digest".equals(ObjectKey.parse(name).foreign());
    }

    /** The file's name without {@code .gz}: somebody may have unpacked it. */
    private static String name(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private void read(SourceObject object) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            String hash = unpack(object, content);
            Digest digest = Digest.read(object.name(), content.toByteArray(), hash);
            if (digest == null) {
                problems.add(new Problem(Kind.CHANGED, object.name() + ": no digest in it, although it is called one"));
                return;
            }
            digests++;
            chains.computeIfAbsent(digest.chain(), ignored -> new ArrayList<>()).add(digest);
        } catch (IOException e) {
            problems.add(new Problem(Kind.CHANGED, object.name() + ": cannot be read: " + e.getMessage()));
        }
    }

    /** The SHA-256 of the unpacked object, in hexadecimal; its content goes to {@code out} up to {@link #MOST_BYTES}. */
    private static String unpack(SourceObject object, OutputStream out) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = object.opener().open();
                InputStream unpacked = unpacked(in);
                DigestOutputStream hashed = new DigestOutputStream(out, sha256)) {
            byte[] head = unpacked.readNBytes(MOST_BYTES);
            hashed.write(head);
            byte[] more = unpacked.readNBytes(1);
            if (more.length > 0) {
                throw new IOException("over " + MOST_BYTES + " bytes unpacked");
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static String hash(SourceObject object) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = object.opener().open();
                InputStream unpacked = unpacked(in)) {
            unpacked.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
        boolean gzip = magic.length == MAGIC && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(whole) : whole;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void chain(String chain, List<Digest> links) {
        links.sort(Comparator.comparing(Digest::end));
        Map<String, Digest> here = new HashMap<>();
        links.forEach(digest -> here.put(name(digest.key()), digest));
        for (Digest digest : links) {
            before(digest, here, digest.equals(links.getFirst()));
            for (Digest.Entry log : digest.logs()) {
                compare(log, digest);
            }
        }
        signatureOfLast(chain, links.getLast());
    }

    private void before(Digest digest, Map<String, Digest> here, boolean first) {
        Digest.Before before = digest.before();
        if (before == null) {
            if (!first) {
                note(digest.source() + ": begins a new chain: logging was off before " + digest.start());
            }
            return;
        }
        Digest found = here.get(name(before.key()));
        if (found == null && first) {
            note(digest.source() + ": the chain goes back before " + digest.start() + ", which is not here");
        } else if (found == null) {
            missing(before.key() + ": named by " + digest.source());
        } else if (!found.hash().equals(before.hash())) {
            changed(found.source() + ": SHA-256 is " + found.hash() + ", the digest after it says " + before.hash());
        } else {
            signature(found, before.signature());
        }
    }

    private void compare(Digest.Entry log, Digest digest) {
        vouched.add(name(log.key()));
        List<SourceObject> copies = byName.getOrDefault(name(log.key()), List.of());
        if (copies.isEmpty()) {
            missing(log.key() + ": named by " + digest.source());
            return;
        }
        for (SourceObject copy : copies) {
            try {
                String hash = hash(copy);
                if (hash.equals(log.hash())) {
                    verified++;
                } else {
                    changed(copy.name() + ": SHA-256 is " + hash + ", delivered was " + log.hash());
                }
            } catch (IOException e) {
                changed(copy.name() + ": cannot be read: " + e.getMessage());
            }
        }
    }

    private void signature(Digest digest, @Nullable String signature) {
        if (keys.isEmpty() || signature == null) {
            return;
        }
        Boolean signed = keys.signed(digest, signature);
        if (signed == null) {
            note(digest.source() + ": the public key " + digest.fingerprint() + " is not among those given");
        } else if (signed) {
            signatures++;
        } else {
            changed(digest.source() + ": its signature is not AWS's");
        }
    }

    /** The last digest's signature lies in its object's metadata, where a copy has lost it. */
    private void signatureOfLast(String chain, Digest last) {
        if (!keys.isEmpty()) {
            note(chain + ": the signature of the last digest, until " + last.end()
                    + ", stands only in its object's metadata and is not checked");
        }
    }

    private void unlisted(List<SourceObject> objects) {
        List<String> names = objects.stream()
                .map(SourceObject::name)
                .filter(name -> ObjectKey.parse(name).kind() == ObjectReport.Kind.CLOUDTRAIL && !isDigest(name))
                .filter(name -> ObjectKey.parse(name).foreign() == null && !vouched.contains(name(name)))
                .toList();
        if (digests > 0 && !names.isEmpty()) {
            note(names.size() + " log files are named by no digest here, first " + names.getFirst()
                    + ": of another trail, of the last hour, or added");
        }
    }

    private void missing(String text) {
        problems.add(new Problem(Kind.MISSING, text));
    }

    private void changed(String text) {
        problems.add(new Problem(Kind.CHANGED, text));
    }

    private void note(String text) {
        problems.add(new Problem(Kind.NOTE, text));
    }

    /** What was found, in the order of chains and time. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether something is missing or changed. */
    public boolean failed() {
        return problems.stream().anyMatch(problem -> problem.kind() != Kind.NOTE);
    }

    /** Digests read. */
    public int digests() {
        return digests;
    }

    /** Log files that are as they were delivered. */
    public int verified() {
        return verified;
    }

    /** Digests whose signature is AWS's. */
    public int signatures() {
        return signatures;
    }
}
