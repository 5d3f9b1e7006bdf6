package io.waypost.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.kernel.Money;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Sets up the tenant of the benchmarks: brand kit, templates, products and profiles. */
final class BenchmarkShop {

	/** Actor in the ledger. */
	static final String ACTOR = "user:bench";

	private final BenchmarkApplication application;

	BenchmarkShop(BenchmarkApplication application) {
		this.application = application;
	}

	/** Adds and approves a brand kit and returns the live version. */
	BrandKit addBrandKit() {
		BrandKitRepository brands = this.application.bean(BrandKitRepository.class);
		BrandKit kit = brands.add(BenchmarkApplication.TENANT, ACTOR,
				new BrandKit(0, "Bench Shop", "hello@shop.example", List.of("Bench Shop", "1 High Street", "London"),
						"https://shop.example", "https://shop.example/logo.png", "#224466", Set.of("shop.example"),
						Set.of()));
		brands.approve(BenchmarkApplication.TENANT, ACTOR, kit.version());
		return brands.require(BenchmarkApplication.TENANT);
	}

	/** Adds and approves a template whose content is written by the executor. */
	void addTemplate(String key) {
		TemplateRepository templates = this.application.bean(TemplateRepository.class);
		Template added = templates.add(BenchmarkApplication.TENANT, ACTOR,
				new Template(key, 0, "marketing", "en", null, null, null, null, null, false));
		templates.approve(BenchmarkApplication.TENANT, ACTOR, key, added.version());
	}

	/** Adds one product. */
	void addProduct() {
		this.application.bean(ProductCatalogue.class)
			.save(BenchmarkApplication.TENANT,
					List.of(new CatalogueItem(new Product("teapot", "Blue teapot", "Kitchen",
							new Money(new BigDecimal("19.95"), Currency.getInstance("GBP")),
							"https://shop.example/teapot.png", "https://shop.example/teapot"), 10)));
	}

	/** Connects to the event API. */
	HttpLoadClient httpClient() throws IOException {
		String key = Base64.getEncoder()
			.encodeToString((BenchmarkApplication.WRITE_KEY + ":").getBytes(StandardCharsets.US_ASCII));
		return new HttpLoadClient(this.application.port(), "/v1/batch",
				"Content-Type: application/json\r\nAuthorization: Basic " + key + "\r\n");
	}

	/** Posts events of people in batches. */
	void importProfiles(int people, int atOnce, IntFunction<String> events) throws IOException {
		try (HttpLoadClient client = httpClient()) {
			for (int from = 0; from < people; from += atOnce) {
				assertThat(client.post(batch(from, Math.min(from + atOnce, people), events))).isEqualTo(200);
			}
		}
	}

	/** Approves the first open review task, as a reviewer does in Tasklist. */
	void approveNextTask() throws IOException, InterruptedException {
		try (HttpClient http = HttpClient.newHttpClient()) {
			String tasks = answer(http, request("/task?maxResults=1").GET());
			Matcher task = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(tasks);
			if (task.find()) {
				answer(http, request("/task/%s/submit-form".formatted(task.group(1))).POST(BodyPublishers.ofString("""
						{"variables":{"review":{"type":"Json","value":"{\\"decision\\":\\"approved\\"}"}}}""")));
			}
		}
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/engine-rest%s".formatted(this.application.port(), path)))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + BenchmarkApplication.TOKEN);
	}

	private static String answer(HttpClient http, HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
		return answer.body();
	}

	/** Returns one body for {@code /v1/batch}. */
	static byte[] batch(int from, int to, IntFunction<String> events) {
		StringBuilder body = new StringBuilder("{\"batch\":[");
		for (int i = from; i < to; i++) {
			body.append((i > from) ? "," : "").append(events.apply(i));
		}
		return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Returns a time zone in which it is midday, so that quiet hours do not apply. */
	static String middayTimeZone() {
		int west = Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12;
		return (west == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(west);
	}

	/**
	 * Waits for accepted messages. Reads the metric, because a database query would
	 * affect the measured values.
	 */
	void awaitAccepted(JdbcTemplate jdbc, long wanted) {
		long deadline = System.nanoTime() + 600_000_000_000L;
		while (accepted() < wanted) {
			if (System.nanoTime() > deadline) {
				fail("%d wanted: %s", wanted,
						jdbc.queryForList("select status, reason, count(*) from delivery.send group by 1, 2"));
			}
			LockSupport.parkNanos(20_000_000);
		}
		assertThat(jdbc.queryForObject("select count(*) from delivery.send where accepted_at is not null", Long.class))
			.isEqualTo(wanted);
	}

	/** Returns the number of accepted messages. */
	long accepted() {
		return (long) this.application.bean(MeterRegistry.class)
			.find("waypost.delivery.send.outcome")
			.tag("outcome", "accepted")
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
