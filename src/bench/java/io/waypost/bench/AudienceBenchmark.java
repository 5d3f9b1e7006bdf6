package io.waypost.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.waypost.audience.Audience;
import io.waypost.audience.Audiences;
import io.waypost.audience.FreezeResult;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.SegmentPreview;
import io.waypost.audience.Segments;
import io.waypost.audience.segment.SegmentQueryExplainer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time to freeze an audience of about a tenth of a million people by activities, with
 * durable commits, and the baseline of inserting the same rows.
 */
class AudienceBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.people", 1_000_000);

	private static final int RUNS = 5;

	private static final String DEFINITION = "did 'Product Viewed' where category is Garden in 45 days "
			+ "and did 'Email Opened' at least 2 times in 90 days and never did 'Order Completed' in 30 days";

	@Test
	void freezesATenthOfAMillionPeople() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start()) {
			JdbcTemplate jdbc = application.owner();
			long activities = fill(jdbc);
			Segments segments = application.bean(Segments.class);
			segments.add(BenchmarkApplication.TENANT, "user:bench", new SegmentDraft("gardeners", "Bench", "bench", DEFINITION));
			segments.approve(BenchmarkApplication.TENANT, "user:bench", "gardeners", 1);
			SegmentQueryExplainer
				.explain(application.bean(JdbcClient.class), application.bean(TransactionTemplate.class),
						BenchmarkApplication.TENANT, DEFINITION, Instant.now())
				.forEach(System.out::println);
			Audience cold = freeze(application, new ArrayList<>());
			List<Double> seconds = new ArrayList<>();
			for (int run = 0; run < RUNS; run++) {
				assertThat(freeze(application, seconds).size()).isCloseTo(cold.size(),
						Percentage.withPercentage(1));
			}
			long start = System.nanoTime();
			SegmentPreview preview = segments.preview(BenchmarkApplication.TENANT, DEFINITION);
			double previewed = (System.nanoTime() - start) / 1e9;
			double bare = bare(jdbc, cold);
			double median = seconds.stream().sorted().toList().get(RUNS / 2);
			new BenchmarkReport("audience", "%,d people, %,d activities; %s".formatted(PEOPLE, activities, DEFINITION))
				.add("people in the audience", cold.size())
				.add("freeze, median s", median)
				.add("freeze, slowest s", seconds.stream().max(Double::compare).orElseThrow())
				.add("preview with counts by condition, s", previewed)
				.add("people the preview counts", preview.size())
				.add("baseline: insert of the same members, s", bare)
				.add("freeze / baseline", median / bare)
				.publish();
		}
	}

	private static Audience freeze(BenchmarkApplication application, List<Double> seconds) {
		long start = System.nanoTime();
		FreezeResult freezing = application.bean(Audiences.class)
			.freeze(BenchmarkApplication.TENANT, "user:bench", "gardeners", Instant.now(), 0.1);
		seconds.add((System.nanoTime() - start) / 1e9);
		return ((FreezeResult.AudienceFrozen) freezing).audience();
	}

	/** Inserts the members of an audience again, with the same keys and indexes. */
	private static double bare(JdbcTemplate jdbc, Audience audience) {
		long start = System.nanoTime();
		jdbc.update("""
				insert into audience.member (tenant_id, audience_id, position, profile_id)
				select tenant_id, gen_random_uuid(), position, profile_id from audience.member where audience_id = ?""",
				audience.id().value());
		return (System.nanoTime() - start) / 1e9;
	}

	/**
	 * Adds people with attributes and 9.5 activities each: five views in one of ten
	 * categories and three opens in four months, one or two orders in a year.
	 */
	private static long fill(JdbcTemplate jdbc) {
		String tenant = BenchmarkApplication.TENANT.value();
		jdbc.execute("select setseed(0.5)");
		jdbc.update("""
				insert into audience.profile_attributes (tenant_id, profile_id, first_seen_at, country, language, locale, time_zone,
					has_address, stage, engagement_score, order_count, granted, refused, refreshed_on, last_order_at)
				select ?, ('01990000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, now() - random() * interval '2 years',
					(array['DE', 'AT', 'CH', 'US'])[1 + i % 4], 'de', 'de-DE', 'Europe/Vienna', true, 'active', i % 101, i % 5,
					case i % 3 when 0 then array['marketing'] else '{}' end, '{}', current_date + 1, now() - random() * interval '1 year'
				from generate_series(1, ?) i""", tenant, PEOPLE);
		jdbc.update("""
				insert into audience.activity_type (tenant_id, event, category, extra)
				select ?, event, category, false from (
					select 'Product Viewed' as event, unnest(array['Garden', 'Kitchen', 'Tents', 'Shoes', 'Light', 'Rugs', 'Tools', 'Bikes',
						'Toys', 'Books']) as category
					union all values ('Email Opened', ''), ('Order Completed', '')) said""", tenant);
		Map<String, String> indexes = Map.of("activity_type_at", "(activity_type_id, at) include (profile_id, amount)", "activity_profile",
				"(profile_id)");
		indexes.keySet().forEach((name) -> jdbc.execute("drop index audience." + name));
		activities(jdbc, "Product Viewed", 5.0, 120);
		activities(jdbc, "Email Opened", 3.0, 120);
		activities(jdbc, "Order Completed", 1.5, 365);
		indexes.forEach((name, columns) -> jdbc.execute("create index %s on audience.activity %s".formatted(name, columns)));
		jdbc.execute("vacuum analyze audience.activity");
		jdbc.execute("vacuum analyze audience.profile_attributes");
		jdbc.execute("checkpoint");
		return jdbc.queryForObject("select count(*) from audience.activity", Long.class);
	}

	private static void activities(JdbcTemplate jdbc, String event, double each, int days) {
		jdbc.update("""
				insert into audience.activity (activity_type_id, profile_id, at, amount)
				select kinds.ids[1 + floor(random() * cardinality(kinds.ids))],
					('01990000-0000-7000-8000-' || lpad(to_hex(1 + floor(random() * ?)::bigint), 12, '0'))::uuid,
					now() - random() * ? * interval '1 day', 100000
				from (select array_agg(id) as ids from audience.activity_type where event = ?) kinds, generate_series(1, ?)""",
				PEOPLE, days, event, (int) (PEOPLE * each));
	}

}
