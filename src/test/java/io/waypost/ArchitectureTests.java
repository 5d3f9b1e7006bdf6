package io.waypost;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the house that a machine can check. */
class ArchitectureTests {

	private static final JavaClasses WAYPOST = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.waypost");

	private static final int LARGEST_PACKAGE = 27;

	/**
	 * Suffixes that say nothing, and metaphors that earlier versions of the code used.
	 */
	private static final Pattern BANNED_SUFFIXES = Pattern
		.compile(".*(Impl|Manager|Helper|Helpers|Util|Utils|Dto|DTO|Service|Test|Tests"
				+ "|Desk|Cast|Mould|Seams|Landing|Census|Tells?|Deeds?|Lots?|Turns?|Paper|Flaw|Judge|Words)$");

	@Test
	void knowsTheEngineInTwoRoomsOnly() {
		noClasses().that()
			.resideOutsideOfPackages("io.waypost.journey..", "io.waypost.policy..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.camunda..")
			.because("another engine must be able to take this one's place")
			.check(WAYPOST);
	}

	@Test
	void touchesTheInsideOfTheEngineInOnePackageOnly() {
		noClasses().that()
			.resideOutsideOfPackage("io.waypost.journey.engine..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.camunda.bpm.engine.impl..")
			.because("the engine's internals change without notice")
			.check(WAYPOST);
	}

	@Test
	void talksToProvidersInTheirAdaptersOnly() {
		noClasses().that()
			.resideOutsideOfPackages("io.waypost.delivery.esp..", "io.waypost.feedback..",
					"io.waypost.identity.masterkey..", "io.waypost.agent.llm.provider..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.sendgrid..", "jakarta.mail..", "org.springframework.mail..", "java.net.http..")
			.because("adding a provider touches one folder")
			.check(WAYPOST);
	}

	@Test
	void usesSpringAiInOnePackageWithoutItsStoreInMemory() {
		noClasses().that()
			.resideOutsideOfPackage("io.waypost.agent.llm.provider")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.ai..")
			.because("its types change between versions, and without providers none of them is loaded")
			.check(WAYPOST);
		noClasses().should()
			.dependOnClassesThat()
			.haveSimpleName("SimpleVectorStore")
			.because("it evaluates filters as code (CVE-2026-22738)")
			.check(WAYPOST);
	}

	@Test
	void keepsTheDatabaseOutOfTypesPagesAndDelegates() {
		DescribedPredicate<JavaClass> database = assignableTo(JdbcClient.class).or(assignableTo(JdbcOperations.class))
			.or(JavaClass.Predicates.resideInAPackage("java.sql.."));
		noClasses().that()
			.resideInAnyPackage("io.waypost.kernel..", "io.waypost.console..")
			.or()
			.areAssignableTo(JavaDelegate.class)
			.or()
			.haveNameMatching("io\\.waypost\\.journey\\..*(MessageSteps|CampaignSteps)")
			.should()
			.dependOnClassesThat(database)
			.because("data is read through the modules that own it")
			.check(WAYPOST);
	}

	@Test
	void keepsSpringOutOfTheKernel() {
		classes().that()
			.resideInAPackage("io.waypost.kernel..")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.waypost.kernel..", "java..",
					"org.jspecify..", "org.springframework.modulith", "com.github.benmanes.caffeine.cache"))
			.check(WAYPOST);
		assertThat(WAYPOST.stream().filter((type) -> type.getPackageName().equals("io.waypost.kernel")).count())
			.as("types in the kernel")
			.isLessThanOrEqualTo(20);
	}

	@Test
	void takesTimeChanceAndIdsFromOutside() {
		noClasses().that()
			.resideOutsideOfPackage("io.waypost")
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(LocalDate.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(UUID.class, "randomUUID")
			.orShould()
			.callMethod(Math.class, "random")
			.because("tests must be able to fix them")
			.check(WAYPOST);
	}

	@Test
	void namesThingsByWhatTheyAre() {
		noClasses().should().haveNameMatching(BANNED_SUFFIXES.pattern()).check(WAYPOST);
		noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..").check(WAYPOST);
	}

	@Test
	void givesEachTypeItsOwnSimpleName() {
		Map<String, List<String>> types = WAYPOST.stream()
			.filter(ArchitectureTests::isTopLevelType)
			.collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
		assertThat(types).as("types that share a simple name")
			.allSatisfy((name, found) -> assertThat(found).hasSize(1));
	}

	@Test
	void keepsPackagesSmall() {
		Map<String, Long> sizes = WAYPOST.stream()
			.filter(ArchitectureTests::isTopLevelType)
			.collect(groupingBy(JavaClass::getPackageName, counting()));
		assertThat(sizes).as("types in a package")
			.allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(LARGEST_PACKAGE));
	}

	@Test
	void keepsSettingsInsideTheirRoom() {
		classes().that()
			.areAnnotatedWith(ConfigurationProperties.class)
			.should()
			.haveSimpleNameEndingWith("Settings")
			.andShould()
			.beRecords()
			.andShould(beUsedOnlyInTheirModule())
			.check(WAYPOST);
	}

	@Test
	void keepsControllersInsideTheirRoom() {
		classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate().check(WAYPOST);
	}

	@Test
	void keepsMostTypesPackagePrivate() {
		long all = WAYPOST.stream().filter(ArchitectureTests::isTopLevelType).count();
		long hidden = WAYPOST.stream()
			.filter(ArchitectureTests::isTopLevelType)
			.filter((type) -> !type.getModifiers().contains(JavaModifier.PUBLIC))
			.count();
		assertThat((double) hidden / all).as("%d of %d types are package-private", hidden, all)
			.isGreaterThanOrEqualTo(0.40);
	}

	private static ArchCondition<JavaClass> beUsedOnlyInTheirModule() {
		return new ArchCondition<>("be used only in their module") {
			@Override
			public void check(JavaClass settings, ConditionEvents events) {
				for (Dependency use : settings.getDirectDependenciesToSelf()) {
					boolean sameModule = module(use.getOriginClass()).equals(module(settings));
					events.add(new SimpleConditionEvent(use, sameModule, use.getDescription()));
				}
			}
		};
	}

	private static String module(JavaClass type) {
		return type.getPackageName().replaceFirst("^(io\\.waypost\\.[a-z]+).*", "$1");
	}

	private static boolean isTopLevelType(JavaClass type) {
		return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
	}

}
