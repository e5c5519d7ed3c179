package dev.tocsin.server.config;

import dev.tocsin.input.container.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a YAML file into a record: a key a component, null where the file says nothing. Components are text, whole numbers,
 * yes or no, lists of these, and further records. A list of one may be written without brackets, a {@link OneValue} without
 * its key.
 */
public final class ConfigFile {

    /** Largest configuration read, in bytes: what a person writes by hand. */
    static final int MOST_BYTES = 1 << 20;

    private final String name;

    private ConfigFile(String name) {
        this.name = name;
    }

    /**
     * Reads {@code file}.
     *
     * @throws ConfigException if it cannot be read or says what is not known; names the line
     */
    public static <R extends Record> R read(Path file, Class<R> into) throws ConfigException {
        return new ConfigFile(String.valueOf(file)).read(bytes(file), into);
    }

    private static byte[] bytes(Path file) throws ConfigException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + Reason.of(e));
        }
        if (bytes.length > MOST_BYTES) {
            throw new ConfigException(file + ": over " + MOST_BYTES + " bytes, which is no configuration");
        }
        return bytes;
    }

    private <R extends Record> R read(byte[] bytes, Class<R> into) throws ConfigException {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            Optional<Node> root = new Compose(settings).composeInputStream(new ByteArrayInputStream(bytes));
            return root.isEmpty() ? make(into, Map.of()) : record(into, root.get());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigException(name + " line " + line + ": no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": no YAML: " + e.getMessage());
        }
    }

    private <R extends Record> R record(Class<R> type, Node node) throws ConfigException {
        if (node instanceof ScalarNode scalar && type.isAnnotationPresent(OneValue.class)) {
            return make(type, Map.of(type.getRecordComponents()[0].getName(), scalar.getValue()));
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "expected keys and values such as 'threads: 4'");
        }
        Map<String, RecordComponent> components = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode(), "a key");
            RecordComponent component = components.get(key);
            if (component == null) {
                throw wrong(tuple.getKeyNode(), "unknown key '" + key + "'" + Nearest.hint(key, keys(type)));
            }
            if (values.containsKey(key)) {
                throw wrong(tuple.getKeyNode(), "key '" + key + "' stands there twice");
            }
            values.put(key, value(key, component.getGenericType(), tuple.getValueNode()));
        }
        return make(type, values);
    }

    private static List<String> keys(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private @Nullable Object value(String key, Type type, Node node) throws ConfigException {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return texts(key, node);
        }
        if (type instanceof ParameterizedType list) {
            return list(key, list.getActualTypeArguments()[0], node);
        }
        if (type instanceof Class<?> found && found.isRecord()) {
            return record(found.asSubclass(Record.class), node);
        }
        String text = text(node, key);
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return null;
        }
        if (type == Integer.class) {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw wrong(node, key + ": expected a whole number, found '" + text + "'");
            }
        }
        if (type == Boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(node, key + ": expected true or false, found '" + text + "'");
            };
        }
        return text;
    }

    private Map<String, String> texts(String key, Node node) throws ConfigException {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, key + ": expected names and values such as '{name: value}'");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = text(tuple.getKeyNode(), "a name");
            if (values.put(name, text(tuple.getValueNode(), name)) != null) {
                throw wrong(tuple.getKeyNode(), "'" + name + "' stands there twice");
            }
        }
        return values;
    }

    private List<Object> list(String key, Type element, Node node) throws ConfigException {
        List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<Object> values = new ArrayList<>();
        for (Node one : nodes) {
            Object value = value(key, element, one);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private String text(Node node, String key) throws ConfigException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(
                node,
                key + ": expected one value, found a "
                        + node.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private ConfigException wrong(Node node, String problem) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new ConfigException(name + " line " + line + ": " + problem);
    }

    private static <R extends Record> R make(Class<R> type, Map<String, @Nullable Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = values.get(components[i].getName());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type + " is no configuration record", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " cannot be made", e.getCause());
        }
    }
}
