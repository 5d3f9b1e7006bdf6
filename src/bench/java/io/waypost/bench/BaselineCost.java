package io.waypost.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.kernel.CampaignId;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Baseline of a campaign, measured in the same run: COPY of the same sends into a table
 * with the same indexes, and filling the same pages.
 *
 * @param copied processor time of copying {@code rows} rows
 * @param rows number of copied rows
 * @param filling microseconds per page
 */
record BaselineCost(CpuTime copied, int rows, double filling) {

	/** Limited, because the rows are copied through the heap. */
	private static final int COPIED = 20_000;

	private static final int PAGES = 20_000;

	private static final int PORTION = 1_000;

	static BaselineCost measure(BenchmarkApplication application, CampaignId campaign, List<EmailDraft> drafts, BrandKit brand) {
		JdbcTemplate jdbc = application.owner();
		jdbc.execute("create table delivery.send_copy (like delivery.send including all)");
		List<String> lines = jdbc.execute((Connection connection) -> read(connection, campaign));
		List<byte[]> chunks = new ArrayList<>();
		for (int from = 0; from < lines.size(); from += PORTION) {
			String chunk = String.join("\n", lines.subList(from, Math.min(lines.size(), from + PORTION))) + "\n";
			chunks.add(chunk.getBytes(StandardCharsets.UTF_8));
		}
		CpuTime startedAt = CpuTime.now(application.data());
		jdbc.execute((Connection connection) -> write(connection, chunks));
		CpuTime copied = CpuTime.now(application.data()).since(startedAt);
		return new BaselineCost(copied, lines.size(), fill(application.bean(EmailRenderer.class), brand, drafts));
	}

	/** Reads the sends as text, in the order of their ids. */
	private static List<String> read(Connection connection, CampaignId campaign) throws SQLException {
		try {
			StringWriter text = new StringWriter();
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyOut("copy (select * from delivery.send where run_id = '" + campaign + "' order by id limit " + COPIED
						+ ") to stdout", text);
			return text.toString().lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Integer write(Connection connection, List<byte[]> chunks) throws SQLException {
		try {
			CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
			for (byte[] chunk : chunks) {
				copies.copyIn("copy delivery.send_copy from stdin", new ByteArrayInputStream(chunk));
			}
			return chunks.size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double fill(EmailRenderer renderer, BrandKit brand, List<EmailDraft> drafts) {
		List<PreparedEmail> prepared = drafts.stream()
			.map((draft) -> renderer.prepare(draft, brand, CampaignSendBatch.JOURNEY, true))
			.toList();
		RecipientLinks links = new RecipientLinks("https://w.example/u/" + "t".repeat(90),
				"https://w.example/t/o/" + "t".repeat(90), (url) -> "https://w.example/t/c/" + "t".repeat(90));
		long length = 0;
		long startedAt = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		for (int i = 0; i < PAGES; i++) {
			RenderedEmail page = prepared.get(i % prepared.size()).fill("Ada", links);
			length += page.html().length() + page.text().length();
		}
		double micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startedAt) / 1e3 / PAGES;
		assertThat(length).isGreaterThan(1_000L * PAGES);
		return micros;
	}

	void addTo(BenchmarkReport report) {
		report.add("baseline: COPY of the same sends, JVM, us per row", this.copied.jvm() / 1e3 / this.rows)
			.add("baseline: COPY of the same sends, PostgreSQL, us per row", this.copied.children() / 1e3 / this.rows)
			.add("baseline: filling the same pages, us per page", this.filling);
	}

}
