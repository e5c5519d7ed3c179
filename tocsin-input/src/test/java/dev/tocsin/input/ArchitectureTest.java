package dev.tocsin.input;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;

/** What the input module may see (design: Modules): files, but no sockets, SQL, AWS or Flink, and not the server. */
@AnalyzeClasses(packages = "dev.tocsin.input", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "software.amazon..", "org.apache.flink..", "dev.tocsin.server..");

    /** The address itself is no socket: the reader of mmdb files is asked with it. */
    @ArchTest
    static final ArchRule NO_SOCKETS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.net..").and(not(type(InetAddress.class))));
}
