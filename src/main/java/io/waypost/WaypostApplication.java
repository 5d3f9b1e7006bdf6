package io.waypost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts Waypost. Beans are named by their full class name, so a bean's name never
 * depends on other packages.
 */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class WaypostApplication {

	public static void main(String[] args) {
		SpringApplication.run(WaypostApplication.class, args);
	}

}
