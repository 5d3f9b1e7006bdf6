package io.waypost;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts Waypost, or carries out one command of {@code admin}. Beans are named by their
 * full class name, so a bean's name never depends on other packages.
 */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class WaypostApplication {

	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("admin")) {
			System.exit(AdminApplication.run(List.of(args).subList(1, args.length)));
		}
		SpringApplication.run(WaypostApplication.class, args);
	}

}
