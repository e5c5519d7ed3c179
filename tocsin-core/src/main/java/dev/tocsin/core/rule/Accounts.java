package dev.tocsin.core.rule;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Account ids in texts. */
final class Accounts {

    private static final Pattern ACCOUNT = Pattern.compile("(?<![0-9a-zA-Z])\\d{12}(?![0-9a-zA-Z])");

    private Accounts() {}

    /** Whether {@code text} names an account other than {@code own} and those that are {@code affiliated}. */
    static boolean names(String text, String own, Set<String> affiliated) {
        Matcher accounts = ACCOUNT.matcher(text);
        while (accounts.find()) {
            if (!accounts.group().equals(own) && !affiliated.contains(accounts.group())) {
                return true;
            }
        }
        return false;
    }
}
