package dev.tocsin.server.feed;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Caution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tags and warning lists of a MISP attribute mean here. Tags are free text, so whole words are looked for. */
final class MispWords {

    /** Words of tags (taxonomies rsit, kill-chain, circl, enisa, malware_classification) and what they mean; the first counts. */
    private static final Map<String, Category> CATEGORIES = new LinkedHashMap<>();

    static {
        CATEGORIES.put("sinkhole|sinkholed", Category.BLACKHOLE);
        CATEGORIES.put("tor exit|tor exit node|exit node", Category.TOR_EXIT);
        CATEGORIES.put(
                "cryptomining|coinminer|cryptominer|cryptojacking|coin miner|mining pool", Category.CRYPTOMINING);
        CATEGORIES.put("c2|c2 server|cnc|c c|command and control", Category.C2);
        CATEGORIES.put("phishing|spear phishing|credential harvesting", Category.PHISHING);
        CATEGORIES.put("exploit kit|drive by|driveby|watering hole", Category.DRIVE_BY);
        CATEGORIES.put("exfiltration|actions on objectives exfiltration|drop zone|dropzone", Category.EXFILTRATION);
        CATEGORIES.put("dga|domain generation algorithm", Category.DGA);
        CATEGORIES.put("scanner|scanning|brute force|port scan", Category.SCANNER);
        CATEGORIES.put("malware|ransomware|trojan|botnet|malware distribution|payload delivery", Category.MALWARE);
    }

    private static final Map<String, Pattern> PATTERNS = new LinkedHashMap<>();

    private static final Map<String, String> CONFIDENCE = Map.of(
            "completely confident", "100",
            "usually confident", "75",
            "fairly confident", "50",
            "rarely confident", "25",
            "unconfident", "0");

    static {
        CATEGORIES.keySet().forEach(words -> PATTERNS.put(words, Pattern.compile(" (?:" + words + ") ")));
    }

    private final List<String> tags = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    MispWords(Doc attribute) {
        Stream.of(attribute, attribute.part("Event"))
                .flatMap(part -> FeedPages.objects(part, "Tag").stream())
                .map(tag -> tag.text("name"))
                .forEach(name -> tags.add(words(name)));
        FeedPages.objects(attribute, "warnings").forEach(one -> {
            String name = one.text("warninglist_name");
            warnings.add(words(name == null ? one.text("name") : name));
        });
    }

    private static String words(@Nullable String text) {
        return text == null
                ? " "
                : " "
                        + text.toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]+", " ")
                                .strip() + " ";
    }

    /** What the tags say it is, or null. */
    @Nullable
    Category category() {
        for (Map.Entry<String, Category> known : CATEGORIES.entrySet()) {
            Pattern words = PATTERNS.get(known.getKey());
            if (words != null
                    && tags.stream().anyMatch(tag -> words.matcher(tag).find())) {
                return known.getValue();
            }
        }
        return null;
    }

    /** The cautions of the warning lists that it is on, as a cell of a list. */
    String cautions() {
        TreeSet<String> cautions = new TreeSet<>();
        for (String list : warnings) {
            cautions.add(caution(list).wireName());
        }
        return String.join(",", cautions);
    }

    private static Caution caution(String list) {
        if (list.matches(".* (?:sinkholes?) .*")) {
            return Caution.SINKHOLE;
        }
        if (list.matches(".* (?:dns|resolvers?) .*")) {
            return Caution.PUBLIC_DNS;
        }
        if (list.matches(".* (?:cdn|cloudflare|akamai|fastly|cloudfront|stackpath) .*")) {
            return Caution.CDN;
        }
        if (list.matches(".* (?:vpn|vpns) .*")) {
            return Caution.VPN;
        }
        if (list.matches(".* (?:amazon|aws|azure|microsoft|google|gcp|oracle|ovh|digitalocean|linode|cloud) .*")) {
            return Caution.CLOUD;
        }
        return Caution.POPULAR; // top lists, and whatever else its users know as harmless
    }

    /** A percentage by the taxonomy misp:confidence-level, or empty. */
    String confidence() {
        for (String tag : tags) {
            if (tag.startsWith(" misp confidence level ")) {
                return CONFIDENCE.getOrDefault(
                        tag.substring(" misp confidence level ".length()).strip(), "");
            }
        }
        return "";
    }
}
