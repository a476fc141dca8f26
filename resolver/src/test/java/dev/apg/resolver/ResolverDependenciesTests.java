package dev.apg.resolver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.apg.resolver", importOptions = ImportOption.DoNotIncludeTests.class)
class ResolverDependenciesTests {
    @ArchTest
    static final ArchRule the_resolver_needs_nothing_but_the_jdk_and_nullness_annotations = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.apg.resolver..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule the_resolver_reads_no_files_no_network_and_no_clock = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..", "java.util.random..");

    @ArchTest
    static final ArchRule the_engine_knows_nothing_of_versions_and_ranges = noClasses()
            .that()
            .resideInAPackage("dev.apg.resolver.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.apg.resolver", "dev.apg.resolver.version..");
}
