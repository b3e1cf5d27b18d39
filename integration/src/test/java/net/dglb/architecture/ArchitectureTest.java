package net.dglb.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.dglb.net.AddressLiteral;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String[] NODE = {
    "net.dglb.net..",
    "net.dglb.time..",
    "net.dglb.config..",
    "net.dglb.identity..",
    "net.dglb.node..",
    "net.dglb.service..",
    "net.dglb.decision..",
    "net.dglb.explain.."
  };
  private static final String[] MAPPING = {"net.dglb.mapping.."};
  private static final String[] ENGINE = {"net.dglb.dns.."};
  private static final String[] AUTHORITY = {"net.dglb.authority.."};
  private static final String[] MSERVICE = {"net.dglb.measure.."};
  private static final String[] PROXY = {"net.dglb.proxy.."};
  private static final String[] BACKBONE = {"net.dglb.backbone.."};
  private static final String[] LB = {"net.dglb.lb.."};
  private static final String[] COMMAND = {
    "net.dglb.command..", "net.dglb.lab..", "net.dglb.trace..", "net.dglb.bench.."
  };

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("net.dglb");

  @Test
  void noPackageTakesPartInACycle() {
    slices().matching("net.dglb.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void modulesDependOnlyInTheDirectionsOfTheDesign() {
    mayNotUse(NODE, MAPPING, ENGINE, AUTHORITY, MSERVICE, PROXY, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(MAPPING, ENGINE, AUTHORITY, MSERVICE, PROXY, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(ENGINE, MAPPING, AUTHORITY, MSERVICE, PROXY, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(AUTHORITY, MSERVICE, PROXY, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(MSERVICE, ENGINE, AUTHORITY, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(PROXY, MAPPING, ENGINE, AUTHORITY, MSERVICE, BACKBONE, LB, COMMAND).check(OURS);
    mayNotUse(BACKBONE, AUTHORITY, MSERVICE, PROXY, LB, COMMAND).check(OURS);
    mayNotUse(LB, AUTHORITY, BACKBONE, COMMAND).check(OURS);
  }

  @Test
  void theHotPathUsesNothingButTheLanguageAndItsOwnPackages() {
    noClasses()
        .that()
        .resideInAnyPackage("net.dglb.dns.wire..", "net.dglb.dns.prefix..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.xbill..",
            "io.vertx..",
            "com.hazelcast..",
            "org.slf4j..",
            "java.util.stream..",
            "java.util.regex..")
        .because("a query is answered without allocation, locks or logs")
        .check(OURS);
  }

  @Test
  void eachLibraryAppearsOnlyWhereItIsAtHome() {
    onlyIn("com.hazelcast..", "net.dglb.backbone.cluster..").check(OURS);
    onlyIn("okhttp3..", "net.dglb.measure.probe..").check(OURS);
    onlyIn("com.typesafe.config..", "net.dglb.config..").check(OURS);
    onlyIn("org.bouncycastle..", "net.dglb.identity..", "net.dglb.dns.sign..").check(OURS);
    onlyIn(
            "picocli..",
            "net.dglb.command..",
            "net.dglb.lab..",
            "net.dglb.trace..",
            "net.dglb.bench..")
        .check(OURS);
    onlyIn("org.h2..", "net.dglb.node..").check(OURS);
    onlyIn("com.maxmind..", "net.dglb.backbone.index..").check(OURS);
  }

  @Test
  void nothingIsReadByJavaDeserialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.ObjectInputStream.class)
        .because("bytes from outside must not create objects")
        .check(OURS);
  }

  @Test
  void addressesAreReadFromTextInOneWay() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(AddressLiteral.class.getName())
        .should()
        .callMethod(InetAddress.class, "ofLiteral", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getByName", String.class)
        .because("the JDK takes 10.1 and 010.0.0.1 for addresses, and looks names up")
        .check(OURS);
  }

  @Test
  void noStateHidesInStaticFields() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackages(
            "net.dglb.mapping.wire..", "net.dglb.backbone.wire..", "net.dglb.lb.wire..")
        .should()
        .beFinal()
        .because("wiring goes through constructors")
        .check(OURS);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "net.dglb.mapping.wire..", "net.dglb.backbone.wire..", "net.dglb.lb.wire..")
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Info)$|.*\\.Abstract[A-Z].*")
        .check(OURS);
  }

  private static ArchRule mayNotUse(String[] users, String[]... used) {
    List<String> packages = new ArrayList<>();
    for (String[] group : used) {
      packages.addAll(List.of(group));
    }
    return noClasses()
        .that()
        .resideInAnyPackage(users)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .allowEmptyShould(true);
  }

  private static ArchRule onlyIn(String library, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .allowEmptyShould(true);
  }
}
