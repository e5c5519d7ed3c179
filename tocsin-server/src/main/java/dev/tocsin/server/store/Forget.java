package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of whom or what everything kept is to be deleted, and how it is told in what is kept. */
public final class Forget {

    private static final Pattern ROLE = Pattern.compile("arn:([a-z-]+):iam::(\\d{12}):role/(?:.*/)?([^/]+)");
    private static final Pattern PRINCIPAL = Pattern.compile("arn:[a-z-]+:(?:iam|sts)::(\\d{12}):(?:.*/)?([^/]+)");
    private static final Pattern UNIQUE_ID = Pattern.compile("(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{8,}");
    private static final Pattern INTERFACE = Pattern.compile("eni-[0-9a-f]+");

    private final String account;
    private final String principalAccount;
    private final String principalName;
    private final Set<String> needles = new HashSet<>();

    private Forget(String account, String principalAccount, String principalName) {
        this.account = account;
        this.principalAccount = principalAccount;
        this.principalName = principalName;
    }

    /** Everything in account {@code id}. */
    public static Forget account(String id) {
        return new Forget(id, "", "");
    }

    /** Everything that names the user, role or session {@code arn}; of a role its sessions too. */
    public static Forget principal(String arn) {
        Matcher name = PRINCIPAL.matcher(arn);
        boolean named = name.matches();
        Forget forget = new Forget("", named ? name.group(1) : "", named ? name.group(2) : "");
        forget.needles.add(arn);
        Matcher role = ROLE.matcher(arn);
        if (role.matches()) {
            forget.needles.add("arn:" + role.group(1) + ":sts::" + role.group(2) + ":assumed-role/" + role.group(3));
        }
        return forget;
    }

    /** Everything that names the instance {@code id}, and its interfaces where the inventory has them. */
    public static Forget instance(String id) {
        Forget forget = new Forget("", "", "");
        forget.needles.add(id);
        return forget;
    }

    /** Whether state under {@code key} goes whole. */
    boolean isOf(String key) {
        return account.isEmpty() ? isIn(key) : key.equals(account) || key.startsWith(account + "/");
    }

    /** Whether {@code text} names it; of an account nothing outside of its own keys goes. */
    boolean isNeedleIn(String text) {
        return account.isEmpty() && isIn(text);
    }

    /** Whether {@code text} names it. */
    boolean isIn(String text) {
        return account.isEmpty()
                ? needles.stream().anyMatch(needle -> isIn(text, needle, "_+=.@-"))
                : isIn(text, account, "");
    }

    /** Whether {@code needle} stands in {@code text} as a whole name: {@code user/al} is not in {@code user/alice}. */
    private static boolean isIn(String text, String needle, String marks) {
        for (int at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
            int end = at + needle.length();
            boolean ends = end == text.length() || !isNamePart(text.charAt(end), marks);
            if (ends && (at == 0 || !isNamePart(text.charAt(at - 1), marks))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(char c, String marks) {
        return Character.isLetterOrDigit(c) || marks.indexOf(c) >= 0;
    }

    /** Whether {@code text}, a name that the state under {@code key} keeps, is the principal's own. */
    boolean isNameOf(String key, String text) {
        return !principalName.isEmpty() && key.equals(principalAccount) && text.equals(principalName);
    }

    /** Whether {@code finding} goes; what else names its principal is noted. */
    boolean isOf(FindingState finding) {
        if (!account.isEmpty()) {
            return finding.account().equals(account);
        }
        Doc credentials = finding.document().part("resource").part("accessKeyDetails");
        boolean his = !principalName.isEmpty()
                && finding.account().equals(principalAccount)
                && principalName.equals(credentials.text("userName"));
        if (his) {
            noteIds(String.valueOf(credentials.text("principalId")));
            noteIds(String.valueOf(credentials.text("accessKeyId")));
        }
        return his || isIn(finding.document().toJson());
    }

    /** Deletes rows that are the account's or the instance's by a column of theirs. */
    void deleteOf(StoreTransaction transaction) throws IOException {
        for (String needle : needles) {
            transaction.update("DELETE FROM metered WHERE resource = ?", needle);
        }
        if (!account.isEmpty()) {
            transaction.update("DELETE FROM delivery WHERE account = ?", account);
            transaction.update("DELETE FROM folded WHERE account = ?", account);
            transaction.update("DELETE FROM metered WHERE account = ?", account);
        }
    }

    private void noteIds(String text) {
        Matcher id = UNIQUE_ID.matcher(text);
        if (id.lookingAt()) {
            needles.add(id.group());
        }
    }

    /** Notes the interfaces that an inventory entry called {@code name} gives the instance. */
    void noteInterface(String name) {
        Matcher id = INTERFACE.matcher(name);
        if (account.isEmpty() && id.find()) {
            needles.add(id.group());
        }
    }
}
