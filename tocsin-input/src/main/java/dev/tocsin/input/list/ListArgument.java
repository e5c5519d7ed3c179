package dev.tocsin.input.list;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list as the command line names it: {@code [NAME=]FILE[:FORMAT]}.
 *
 * @param name the list's name; the file's own without ending if none is given
 * @param file where it is
 * @param format the declared format, or null
 */
public record ListArgument(
        String name, String file, @Nullable String format) {

    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_ -]+)=(.+)", Pattern.DOTALL);
    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9.]*$");

    /** Reads an argument; what stands after the last colon is a format only if there is one of that name. */
    public static ListArgument parse(String text) {
        Matcher named = NAMED.matcher(text);
        String rest = named.matches() ? named.group(2) : text;
        int colon = rest.lastIndexOf(':');
        boolean declared = colon > 0 && ListFormats.named(rest.substring(colon + 1)) != null;
        String file = declared ? rest.substring(0, colon) : rest;
        String name = named.matches() ? named.group(1) : baseName(file);
        return new ListArgument(name, file, declared ? rest.substring(colon + 1) : null);
    }

    private static String baseName(String file) {
        String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String bare = ENDING.matcher(last).replaceFirst("");
        return bare.isEmpty() ? last : bare;
    }
}
