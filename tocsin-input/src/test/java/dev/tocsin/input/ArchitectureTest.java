package dev.tocsin.input;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the input module may see (design: Modules): files, but no sockets, SQL, AWS or Flink, and not the server. */
@AnalyzeClasses(packages = "dev.tocsin.input", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SOCKETS_NO_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.sql..", "software.amazon..", "org.apache.flink..", "dev.tocsin.server..");
}
