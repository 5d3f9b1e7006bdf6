package io.waypost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts Waypost. Beans are named by their full class name, because two rooms may use the
 * same word for a type of their own.
 */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class WaypostApplication {

	public static void main(String[] args) {
		SpringApplication.run(WaypostApplication.class, args);
	}

}
