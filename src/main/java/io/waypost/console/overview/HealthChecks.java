package io.waypost.console.overview;

import java.util.ArrayList;
import java.util.List;

import io.waypost.console.Labels;

import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Reads the health of each component. */
@Component
class HealthChecks {

	/** Not shown: the reverse proxy holds the certificates. */
	private static final String CERTIFICATES = "ssl";

	private final HealthEndpoint endpoint;

	HealthChecks(HealthEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	List<OverviewView.HealthCheck> all() {
		HealthComponent health = this.endpoint.health();
		if (!(health instanceof CompositeHealth composite)) {
			return List.of(check("Waypost", health));
		}
		List<OverviewView.HealthCheck> checks = new ArrayList<>();
		composite.getComponents().forEach((name, component) -> {
			if (!name.equals(CERTIFICATES)) {
				checks.add(check(name(name), component));
			}
		});
		return checks;
	}

	private static OverviewView.HealthCheck check(String name, HealthComponent component) {
		boolean up = Status.UP.equals(component.getStatus());
		return new OverviewView.HealthCheck(name, up, Labels.humanise(component.getStatus().getCode()),
				detail(component));
	}

	private static String name(String component) {
		return switch (component) {
			case "db" -> "Database";
			case "diskSpace" -> "Disk space";
			case "camunda", "processEngine", "jobExecutor" -> "Engine: " + Labels.humanise(component);
			case "ping" -> "Process";
			default -> Labels.humanise(component);
		};
	}

	private static String detail(HealthComponent component) {
		if (!(component instanceof Health health)) {
			return "";
		}
		return switch (health.getDetails().get("free")) {
			case Number bytes -> "%,d MB free".formatted(bytes.longValue() / 1_000_000);
			case null, default -> (health.getDetails().get("database") instanceof String database) ? database : "";
		};
	}

}
