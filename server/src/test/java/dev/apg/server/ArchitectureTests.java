package dev.apg.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;

/** The rules of docs/architecture.md that a machine can check. */
@AnalyzeClasses(
        packages = "dev.apg",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTests.WrittenByPeople.class})
class ArchitectureTests {
    /** Without what Spring works out when it builds. */
    static final class WrittenByPeople implements ImportOption {
        private static final Pattern WORKED_OUT = Pattern.compile(".*(__|\\$\\$SpringCGLIB\\$\\$)[^/]*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(WORKED_OUT);
        }
    }

    @ArchTest
    static final ArchRule controllers_hold_no_sql = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JdbcClient.class);

    @ArchTest
    static final ArchRule controllers_are_not_for_other_features = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .should()
            .notBePublic()
            .andShould()
            .haveSimpleNameEndingWith("Controller")
            .orShould()
            .haveSimpleName("ErrorPages");

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule the_resolver_knows_nobody = noClasses()
            .that()
            .resideInAPackage("dev.apg.resolver..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.apg.server..")
                    .or(resideInAPackage("dev.apg.contract.."))
                    .or(resideInAPackage("org.springframework.."))
                    .or(resideInAPackage("java.sql.."))
                    .or(resideInAPackage("java.net..")));

    @ArchTest
    static final ArchRule the_contract_knows_no_server = noClasses()
            .that()
            .resideInAPackage("dev.apg.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.apg.server..");

    @ArchTest
    static final ArchRule there_is_no_mutable_global_state =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule sql_stands_in_repositories = noClasses()
            .that(resideInAPackage("dev.apg.server..")
                    .and(simpleNameEndingWith("Service").or(simpleNameEndingWith("Controller"))))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JdbcClient.class);
}
