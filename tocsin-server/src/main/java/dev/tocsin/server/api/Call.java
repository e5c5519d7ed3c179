package dev.tocsin.server.api;

import dev.tocsin.core.finding.Doc;
import java.util.List;

/**
 * A call that is signed, routed and checked.
 *
 * @param operation its name
 * @param caller who calls
 * @param input by wire names; required members are there, all are of their type and within their limits
 */
public record Call(String operation, Caller caller, Doc input) {

    /** The text {@code name} of the input, or empty. */
    public String text(String name) {
        String text = input.text(name);
        return text == null ? "" : text;
    }

    /** The list of texts {@code name}, or an empty one. */
    public List<String> texts(String name) {
        return input.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * Who calls, and where.
     *
     * @param account whose API it is
     * @param region of the signature, or the one a session means
     * @param principal an access key's id, or {@code user/NAME}
     * @param role what the caller may do
     */
    public record Caller(String account, String region, String principal, Role role) {

        /** Account and Region: the scope of a detector. */
        public String scope() {
            return account + "/" + region;
        }
    }
}
