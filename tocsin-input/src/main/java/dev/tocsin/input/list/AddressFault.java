package dev.tocsin.input.list;

import java.util.regex.Pattern;

/** Says what is wrong with a text that looks like an address. */
final class AddressFault {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern LEADING_ZERO = Pattern.compile("(.*\\.)?0\\d.*");
    private static final Pattern FEW_OCTETS = Pattern.compile("\\d+(\\.\\d+){1,2}(/\\d+)?");

    private AddressFault() {}

    static String of(String value) {
        if (value.isEmpty()) {
            return "nothing stands here";
        }
        if (value.indexOf('%') >= 0) {
            return "an address with a zone means something on one host only";
        }
        if (value.indexOf('[') >= 0) {
            return "an address in brackets: write it without them and without port";
        }
        if (NUMBER.matcher(value).matches()) {
            return "a bare number: which address it means is not certain";
        }
        if (FEW_OCTETS.matcher(value).matches()) {
            return "an address has four octets";
        }
        if (LEADING_ZERO.matcher(value).matches()) {
            return "leading zeros are read as octal by some and as decimal by others";
        }
        return "not an address or network";
    }
}
