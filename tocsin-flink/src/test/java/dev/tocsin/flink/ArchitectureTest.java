package dev.tocsin.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.engine.KeyedFunction;

/** What the job's module may see (design: Modules), and that nothing is detected in it. */
@AnalyzeClasses(packages = "dev.tocsin.flink", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /** It runs the engine's functions and has none of its own. */
    @ArchTest
    static final ArchRule NO_DETECTION =
            classes().should().notBeAssignableTo(Detector.class).andShould().notBeAssignableTo(KeyedFunction.class);

    /** Of detectors it knows that there are some, and their types' names: no more, so that it can decide nothing. */
    @ArchTest
    static final ArchRule NO_DETECTORS = noClasses()
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("look into detectors or profiles") {
                @Override
                public boolean test(JavaClass other) {
                    return other.getPackageName()
                                    .matches(
                                            "dev\\.tocsin\\.core\\.(detect|credential|direction|identity|lookup|rule|traffic)(\\..*)?")
                            && !other.isEquivalentTo(Detectors.class)
                            && !other.isEquivalentTo(SequenceStep.class);
                }
            });

    @ArchTest
    static final ArchRule NO_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "software.amazon..", "dev.tocsin.server..", "io.helidon..");
}
