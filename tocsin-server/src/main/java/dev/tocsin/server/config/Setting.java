package dev.tocsin.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Explains one key of a configuration: what {@link ExampleConfig} prints. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What it does, with unit and default. */
    String value();

    /** A value as YAML writes it in one line. */
    String example();
}
