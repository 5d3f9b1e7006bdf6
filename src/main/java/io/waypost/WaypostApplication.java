package io.waypost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Waypost. */
@SpringBootApplication
public class WaypostApplication {

	public static void main(String[] args) {
		SpringApplication.run(WaypostApplication.class, args);
	}

}
