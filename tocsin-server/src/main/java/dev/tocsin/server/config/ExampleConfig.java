package dev.tocsin.server.config;

import java.lang.reflect.RecordComponent;

/** A configuration with every key explained, each with an example, all of them commented out. */
public final class ExampleConfig {

    private ExampleConfig() {}

    /** The example of {@code config}, a record whose components are all {@link Setting}s. */
    public static String of(Class<? extends Record> config) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : config.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                throw new IllegalStateException(component.getName() + " is not explained");
            }
            text.append(text.isEmpty() ? "" : "\n")
                    .append("# ")
                    .append(setting.value())
                    .append('\n')
                    .append('#')
                    .append(component.getName())
                    .append(": ")
                    .append(setting.example())
                    .append('\n');
        }
        return text.toString();
    }
}
