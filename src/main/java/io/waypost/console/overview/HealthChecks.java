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

	private final Labels labels;

	HealthChecks(HealthEndpoint endpoint, Labels labels) {
		this.endpoint = endpoint;
		this.labels = labels;
	}

	List<OverviewView.HealthCheck> all() {
		HealthComponent health = this.endpoint.health();
		if (!(health instanceof CompositeHealth composite)) {
			return List.of(check(this.labels.text("health.application"), health));
		}
		List<OverviewView.HealthCheck> checks = new ArrayList<>();
		composite.getComponents().forEach((name, component) -> {
			if (!name.equals(CERTIFICATES)) {
				checks.add(check(this.labels.healthCheck(name), component));
			}
		});
		return checks;
	}

	private OverviewView.HealthCheck check(String name, HealthComponent component) {
		boolean up = Status.UP.equals(component.getStatus());
		return new OverviewView.HealthCheck(name, up, this.labels.healthStatus(component.getStatus().getCode()),
				detail(component));
	}

	private String detail(HealthComponent component) {
		if (!(component instanceof Health health)) {
			return "";
		}
		return switch (health.getDetails().get("free")) {
			case Number bytes -> this.labels.text("health.free", bytes.longValue() / 1_000_000);
			case null, default -> (health.getDetails().get("database") instanceof String database) ? database : "";
		};
	}

}
