package io.waypost.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.user.AccountProvisioner;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time to read one page of the list of sends when the tenant has a million: the page of
 * the console and the management API, without a filter and with each.
 */
class SendListBenchmark {

	private static final int SENDS = Integer.getInteger("bench.sends", 1_000_000);

	private static final int REQUESTS = Integer.getInteger("bench.requests", 100);

	private static final int CAMPAIGNS = 4;

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void readsOnePage() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start()) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			insert(jdbc);
			String base = "http://127.0.0.1:" + application.port();
			application.bean(AccountProvisioner.class)
				.createUser(new User(BenchmarkApplication.TENANT, "bench", EnumSet.allOf(Role.class)), "bench-password");
			String cookie = signIn(base);
			String run = jdbc.queryForObject("select run_id::text from delivery.send limit 1", String.class);
			String middle = jdbc.queryForObject("select id::text from delivery.send order by id offset ? limit 1",
					String.class, SENDS / 2);
			BenchmarkReport report = new BenchmarkReport("send-list", "%d sends of one tenant".formatted(SENDS));
			paths(run, middle).forEach((name, path) -> add(report, name, base + path, cookie));
			report.publish();
		}
	}

	private static Map<String, String> paths(String run, String middle) {
		Map<String, String> paths = new LinkedHashMap<>();
		paths.put("page, newest", "/messages");
		paths.put("page, from the middle", "/messages?cursor=" + middle);
		paths.put("page, frequent status", "/messages?status=delivered");
		paths.put("page, rare status", "/messages?status=bounced");
		paths.put("page, status that no send has", "/messages?status=dead");
		paths.put("page, journey", "/messages?journey=welcome");
		paths.put("page, campaign", "/messages?campaign=" + run);
		paths.put("page, campaign and rare status", "/messages?status=bounced&campaign=" + run);
		paths.put("API, newest 50", "/api/v1/sends");
		paths.put("API, newest 500", "/api/v1/sends?limit=500");
		paths.put("API, campaign", "/api/v1/sends?campaignId=" + run);
		paths.put("API, status that no send has", "/api/v1/sends?status=dead");
		paths.put("overview", "/");
		return paths;
	}

	/** Rows as campaigns leave them: ids in the order of time, four campaigns. */
	private static void insert(JdbcTemplate jdbc) {
		jdbc.execute("alter table delivery.send disable trigger user");
		jdbc.update("""
				insert into delivery.send (tenant_id, id, profile_id, run_id, journey, step, template, topic, message_class,
					status, variant, content_id, explanation_index, esp, provider_id, address_hash, content_hash, queued_at,
					started_at, created_at, updated_at, accepted_at)
				select 'bench', (lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0')
						|| '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid,
					gen_random_uuid(), md5((n * ?::bigint / ?)::text)::uuid, 'campaign', 'message', 'spring', 'marketing', 'marketing',
					case when n % 100000 = 7 then 'bounced' when n % 10 = 0 then 'accepted' else 'delivered' end, 'a',
					md5('content' || n % 48)::uuid, n % 1000, 'sandbox', 'sandbox-' || n, md5(n::text), md5(n::text), t, t, t, t, t
				from (select n, now() - interval '30 days' + n * interval '1 second' as t from generate_series(1, ?) as n) as rows
				""", CAMPAIGNS, SENDS, SENDS);
		jdbc.execute("alter table delivery.send enable trigger user");
		jdbc.execute("vacuum analyze delivery.send");
	}

	private void add(BenchmarkReport report, String name, String url, String cookie) {
		double[] millis = new double[REQUESTS];
		for (int number = -10; number < REQUESTS; number++) {
			long start = System.nanoTime();
			get(url, cookie);
			if (number >= 0) {
				millis[number] = (System.nanoTime() - start) / 1e6;
			}
		}
		Arrays.sort(millis);
		report.add(name + ", ms median", millis[REQUESTS / 2]).add(name + ", ms p95", millis[REQUESTS * 95 / 100]);
	}

	private void get(String url, String cookie) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.header("Cookie", cookie)
			.header("Accept", url.contains("/api/") ? "application/json" : "text/html")
			.build();
		try {
			assertThat(this.http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
		catch (Exception ex) {
			throw new IllegalStateException(url, ex);
		}
	}

	private String signIn(String base) throws Exception {
		HttpRequest.Builder login = HttpRequest.newBuilder(URI.create(base + "/login"));
		HttpResponse<String> page = this.http.send(login.build(), HttpResponse.BodyHandlers.ofString());
		Matcher csrf = CSRF.matcher(page.body());
		assertThat(csrf.find()).isTrue();
		return cookie(this.http.send(login.header("Cookie", cookie(page))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("username=bench&password=bench-password&_csrf=" + csrf.group(1)))
			.build(), HttpResponse.BodyHandlers.ofString()));
	}

	private static String cookie(HttpResponse<String> response) {
		return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
	}

}
