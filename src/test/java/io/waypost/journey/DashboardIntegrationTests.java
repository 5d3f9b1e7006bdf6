package io.waypost.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Role;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard of docker-compose.yml asks only for what a Waypost that has worked a
 * little exports.
 */
@WaypostTest
class DashboardIntegrationTests {

	private static final Path DASHBOARD = Path.of("src/main/docker/grafana/dashboards/operations.json");

	private static final Pattern METRIC = Pattern.compile("[a-z]+_[a-z_]+(?=[{\\[) ]|$)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!=|=)");

	private static final Pattern GROUPING = Pattern.compile("by \\(([a-z, ]+)\\) \\((?:rate\\()?([a-z_]+)");

	private static final Set<String> FUNCTIONS = Set.of("rate_interval");

	@Test
	void asksOnlyForMetricsAndLabelsThatAreExported(@Autowired TestRestTemplate http,
			@Autowired ApplicationContext waypost) throws IOException {
		work(Shop.in(waypost, http));
		List<String> exported = scrape(http).lines().filter((line) -> !line.startsWith("#")).toList();
		List<String> expressions = expressions();
		assertThat(expressions).hasSizeGreaterThan(25);
		for (String expression : expressions) {
			Map<String, Set<String>> asked = asked(expression);
			assertThat(asked).as("metrics of " + expression).isNotEmpty();
			asked.forEach((metric, labels) -> assertThat(exported).as("%s of %s", metric, expression)
				.anyMatch((line) -> line.matches(metric + "[{ ].*")
						&& labels.stream().allMatch((label) -> line.contains(label + "=\""))));
		}
	}

	@Test
	void hasNoTwoPanelsInOnePlaceAndFitsItsDataSource() throws IOException {
		JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
		Set<Integer> taken = new TreeSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			JsonNode at = panel.path("gridPos");
			assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
			for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
				for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
					assertThat(taken.add(y * 24 + x)).as("panel '%s'", panel.path("title").asText()).isTrue();
				}
			}
			panel.path("targets")
				.forEach(
						(target) -> assertThat(target.path("datasource").path("uid").asText()).isEqualTo("prometheus"));
		}
		assertThat(Files.readString(Path.of("src/main/docker/grafana/datasources/prometheus.yml")))
			.contains("uid: prometheus");
	}

	/** A message that is sent, one that is withheld, an event that is parked. */
	private static void work(Shop shop) {
		String agreed = shop.customer();
		shop.track(agreed, "Signed Up", "{}");
		shop.awaitSend(agreed, "ACCEPTED", "DELIVERED");
		String refused = "refused-" + agreed;
		shop.identify(refused, Shop.zoneAt(12), false);
		shop.track(refused, "Signed Up", "{}");
		shop.awaitSend(refused, "WITHHELD");
		shop.track(agreed, "Parked", "{\"n\":1e999999}");
		String cart = shop.customer();
		shop.fillCart(cart, "cart-of-" + cart);
		shop.awaitRun(cart, "running");
		shop.order(cart, "cart-of-" + cart);
		shop.awaitRun(cart, "ended");
	}

	private static String scrape(TestRestTemplate http) {
		HttpHeaders headers = new HttpHeaders();
		headers.setBearerAuth(TestTenant.token(Role.OPERATOR));
		return http.exchange("/actuator/prometheus", HttpMethod.GET, new HttpEntity<>(headers), String.class).getBody();
	}

	private static List<String> expressions() throws IOException {
		List<String> expressions = new ArrayList<>();
		for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
			panel.path("targets").forEach((target) -> expressions.add(target.path("expr").asText()));
		}
		return expressions;
	}

	/** Metric to the labels it is selected or grouped by. */
	private static Map<String, Set<String>> asked(String expression) {
		Map<String, Set<String>> asked = new TreeMap<>();
		Matcher metric = METRIC.matcher(expression);
		while (metric.find()) {
			String name = metric.group().replaceAll("\\{.*", "");
			if (!FUNCTIONS.contains(name)) {
				Set<String> labels = asked.computeIfAbsent(name, (key) -> new TreeSet<>());
				Matcher label = LABEL.matcher((metric.group(1) != null) ? metric.group(1) : "");
				while (label.find()) {
					labels.add(label.group(1));
				}
			}
		}
		Matcher grouping = GROUPING.matcher(expression);
		while (grouping.find()) {
			asked.get(grouping.group(2)).addAll(List.of(grouping.group(1).split(", ")));
		}
		return asked;
	}

}
