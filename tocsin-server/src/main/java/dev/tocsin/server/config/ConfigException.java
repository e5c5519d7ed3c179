package dev.tocsin.server.config;

/** A configuration that cannot be used: the message names the file, the line, what is wrong and what was expected. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1;

    /** A configuration that cannot be used. */
    public ConfigException(String message) {
        super(message);
    }
}
