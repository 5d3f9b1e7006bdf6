package io.waypost.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Profiles a benchmark on request: {@code -Dbench.jfr=file} samples the JVM and reports
 * the share of each step, {@code -Dbench.statements=true} lets the server log the
 * duration of each statement. Both affect the measured values.
 */
final class BenchmarkProfiler implements AutoCloseable {

	private static final boolean STATEMENTS = Boolean.getBoolean("bench.statements");

	/**
	 * Names of steps by method. The innermost of these methods in a stack is the step.
	 */
	private static final Map<String, String> STEPS = steps();

	private final BenchmarkApplication application;

	private final int messages;

	private final @Nullable Recording recording;

	private BenchmarkProfiler(BenchmarkApplication application, int messages, @Nullable Recording recording) {
		this.application = application;
		this.messages = messages;
		this.recording = recording;
	}

	static BenchmarkProfiler start(BenchmarkApplication application, int messages) throws IOException, ParseException {
		if (STATEMENTS) {
			configure(application, "alter system set log_min_duration_statement = 0");
		}
		String file = System.getProperty("bench.jfr");
		if (file == null) {
			return new BenchmarkProfiler(application, messages, null);
		}
		Recording recording = new Recording(Configuration.getConfiguration("profile"));
		recording.setDestination(Path.of(file));
		recording.start();
		return new BenchmarkProfiler(application, messages, recording);
	}

	void finish() throws IOException {
		if (STATEMENTS) {
			configure(this.application, "alter system reset log_min_duration_statement");
			StatementDurations.read(this.application.data()).print(this.messages);
		}
		if (this.recording != null) {
			this.recording.stop();
			print(this.recording.getDestination());
		}
	}

	@Override
	public void close() {
		if (this.recording != null) {
			this.recording.close();
		}
	}

	private static void configure(BenchmarkApplication application, String statement) {
		JdbcTemplate jdbc = application.owner();
		jdbc.execute(statement);
		jdbc.execute("select pg_reload_conf()");
	}

	private static void print(Path file) throws IOException {
		Map<String, Integer> samples = new LinkedHashMap<>();
		int all = 0;
		try (RecordingFile events = new RecordingFile(file)) {
			while (events.hasMoreEvents()) {
				RecordedEvent event = events.readEvent();
				if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
					samples.merge(step(event), 1, Integer::sum);
					all++;
				}
			}
		}
		StringBuilder table = new StringBuilder("\nshare of the JVM's samples, without compiler and garbage collector\n");
		for (Map.Entry<String, Integer> step : samples.entrySet()) {
			table.append(String.format(Locale.ROOT, "%6.1f %%  %s%n", 100.0 * step.getValue() / all, step.getKey()));
		}
		System.out.println(table);
	}

	private static String step(RecordedEvent event) {
		if (event.getStackTrace() == null) {
			return "other";
		}
		for (RecordedFrame frame : event.getStackTrace().getFrames()) {
			String step = STEPS.get(frame.getMethod().getType().getName() + "." + frame.getMethod().getName());
			if (step != null) {
				return step;
			}
		}
		return "other";
	}

	private static Map<String, String> steps() {
		Map<String, String> steps = new LinkedHashMap<>();
		steps.put("io.waypost.audience.Audiences.freeze", "freeze the audience");
		steps.put("io.waypost.agent.archetype.Archetypes.count", "count archetypes");
		steps.put("io.waypost.agent.CampaignContentWriter.write", "write and inspect content");
		steps.put("io.waypost.experiment.Assignments.assign", "assign variants and holdouts");
		steps.put("io.waypost.agent.RecipientDecisions.decide", "decide: permission, throttling, content, hour");
		steps.put("io.waypost.delivery.queue.CampaignSendRepository.add", "write sends");
		steps.put("io.waypost.experiment.Exposures.record", "record exposures");
		steps.put("io.waypost.delivery.queue.SendClaimer.claim", "claim and check permission");
		steps.put("io.waypost.delivery.dispatch.EspSubmitter.prepare", "read addresses and fill pages");
		steps.put("io.waypost.delivery.dispatch.EspSubmitter.submitAll", "submit to the provider");
		steps.put("io.waypost.delivery.outcome.SendOutcomeRepository.save", "save outcomes");
		steps.put("io.waypost.journey.engine.OutageInterceptor.execute", "engine");
		return Map.copyOf(steps);
	}

}
