package dev.tocsin.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tocsin.core.detect.Detector;

/** What the core may see (design: Modules): no files, sockets, SQL, threads, clocks, logging, AWS or Flink. */
@AnalyzeClasses(packages = "dev.tocsin.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CORE_CANNOT_REACH_THE_WORLD = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io.file..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.net..",
                            "java.sql..",
                            "java.util.concurrent..",
                            "java.util.logging..",
                            "java.lang.foreign..",
                            "software.amazon..",
                            "org.apache..",
                            "dev.tocsin.input..",
                            "dev.tocsin.server..")
                    // A table of characters that happens to live among the sockets.
                    .and(not(type(java.net.IDN.class))));

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_CLOCK_AND_NO_THREAD = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule EVENTS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("..core.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.parse..", "..core.detect..", "..core.engine..", "..core.desk..");

    @ArchTest
    static final ArchRule DETECTORS_DO_NOT_SEE_ENGINE_OR_PARSERS = noClasses()
            .that()
            .resideInAPackage("..core.detect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..core.parse..", "..core.engine..", "..core.desk..");

    @ArchTest
    static final ArchRule DETECTORS_ARE_FINAL = classes()
            .that()
            .implement(Detector.class)
            .and()
            .areNotInterfaces()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
