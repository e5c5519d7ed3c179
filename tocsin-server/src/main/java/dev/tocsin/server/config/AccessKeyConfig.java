package dev.tocsin.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the access key of a receiver stands.
 *
 * @param env the environment variable that holds it, or null
 * @param file the file that holds it, or null
 */
public record AccessKeyConfig(
        @Nullable String env, @Nullable String file) {

    /**
     * The key.
     *
     * @param at what messages begin with
     * @throws ConfigException if it is not there, or said twice
     */
    public String read(String at, Map<String, String> environment) throws ConfigException {
        if ((env == null) == (file == null)) {
            throw new ConfigException(at + "expected either env or file");
        }
        if (file == null) {
            String value = environment.get(String.valueOf(env));
            if (value == null) {
                throw new ConfigException(at + "the environment has no " + env);
            }
            return value.strip();
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ConfigException(at + "cannot read " + file);
        }
    }
}
