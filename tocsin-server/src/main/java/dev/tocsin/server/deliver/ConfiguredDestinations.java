package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.DestinationConfig;
import dev.tocsin.server.config.EnvironmentValues;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The destinations of the configuration file as members, checked, with secrets of the environment in their places. */
public final class ConfiguredDestinations {

    private static final String ENVIRONMENT = "env:";

    private ConfiguredDestinations() {}

    /**
     * The members of each.
     *
     * @param environment variables by name
     * @throws ConfigException if one is wrong; names it and the key
     */
    public static List<Doc> of(List<DestinationConfig> configs, Map<String, String> environment)
            throws ConfigException {
        List<Doc> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DestinationConfig config : configs) {
            String place = "destinations: " + (config.name() == null ? "number " + (all.size() + 1) : config.name());
            Doc members = new Doc();
            for (RecordComponent component : DestinationConfig.class.getRecordComponents()) {
                members.with(component.getName(), value(component, config));
            }
            resolve(members, environment, place);
            if (config.properties() != null) {
                members.with(DestinationForm.PROPERTIES, properties(config.properties(), environment, place));
            }
            try {
                DestinationForm.check(members, true);
            } catch (DestinationForm.Wrong e) {
                throw new ConfigException(place + ": " + e.member() + ": " + e.getMessage());
            }
            if (!names.add(String.valueOf(config.name()))) {
                throw new ConfigException(place + ": there are two of that name");
            }
            all.add(members);
        }
        return all;
    }

    private static Doc properties(Map<String, String> configured, Map<String, String> environment, String place)
            throws ConfigException {
        for (Map.Entry<String, String> one : configured.entrySet()) {
            if (KafkaSettings.isSecret(one.getKey()) && !one.getValue().contains("${")) {
                throw new ConfigException(place + ": properties: " + one.getKey() + ": secrets do not stand in the"
                        + " configuration; set an environment variable and write ${NAME}");
            }
        }
        Doc properties = new Doc();
        try {
            EnvironmentValues.in(configured, environment::get).forEach(properties::with);
        } catch (IOException e) {
            throw new ConfigException(place + ": " + e.getMessage());
        }
        return properties;
    }

    @SuppressWarnings("NullAway") // a component may be null, and Doc takes that for absent
    private static Object value(RecordComponent component, DestinationConfig config) throws ConfigException {
        try {
            Object value = component.getAccessor().invoke(config);
            return component.getName().equals("minSeverity") && value != null
                    ? Double.valueOf(String.valueOf(value))
                    : value;
        } catch (NumberFormatException e) {
            throw new ConfigException("destinations: " + config.name() + ": minSeverity: Expected a number.");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static void resolve(Doc members, Map<String, String> environment, String place) throws ConfigException {
        for (String secret : DestinationForm.SECRETS) {
            String text = members.text(secret);
            if (text == null) {
                continue;
            }
            if (text.startsWith(ENVIRONMENT)) {
                String name = text.substring(ENVIRONMENT.length());
                String value = environment.get(name);
                if (value == null || value.isEmpty()) {
                    throw new ConfigException(
                            place + ": " + secret + ": the environment variable " + name + " is not set");
                }
                members.with(secret, value);
            } else if (!secret.equals("url")) {
                throw new ConfigException(place + ": " + secret + ": secrets do not stand in the configuration; set an"
                        + " environment variable and write env:NAME");
            }
        }
    }
}
