package dev.tocsin.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/** A configuration with every key explained, each with an example, all of them commented out. */
public final class ExampleConfig {

    private ExampleConfig() {}

    /** The example of {@code config}, a record whose components are all {@link Setting}s. */
    public static String of(Class<? extends Record> config) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : config.getRecordComponents()) {
            Setting setting = setting(component);
            text.append(text.isEmpty() ? "" : "\n")
                    .append("# ")
                    .append(setting.value())
                    .append('\n');
            parts(component.getGenericType(), text);
            text.append('#')
                    .append(component.getName())
                    .append(": ")
                    .append(setting.example())
                    .append('\n');
        }
        return text.toString();
    }

    /** What may stand within a key that holds further keys. */
    private static void parts(Type type, StringBuilder text) {
        Type part = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
        if (part instanceof Class<?> inner && inner.isRecord()) {
            for (RecordComponent component : inner.getRecordComponents()) {
                Setting setting = setting(component);
                text.append("#   ")
                        .append(component.getName())
                        .append(": ")
                        .append(setting.value())
                        .append(" Such as ")
                        .append(setting.example())
                        .append(".\n");
            }
        }
    }

    private static Setting setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component.getName() + " is not explained");
        }
        return setting;
    }
}
