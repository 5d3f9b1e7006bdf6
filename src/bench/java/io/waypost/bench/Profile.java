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
 * What the processors do while something is measured, where it is asked for:
 * {@code -Dbench.jfr=file} samples the JVM and tells the share of each step,
 * {@code -Dbench.statements=true} has the server tell how long each statement took. Both
 * disturb what they measure.
 */
final class Profile implements AutoCloseable {

	private static final boolean STATEMENTS = Boolean.getBoolean("bench.statements");

	/** The innermost of these that a stack passes through is its step. */
	private static final Map<String, String> STEPS = steps();

	private final BenchApplication application;

	private final int messages;

	private final @Nullable Recording recording;

	private Profile(BenchApplication application, int messages, @Nullable Recording recording) {
		this.application = application;
		this.messages = messages;
		this.recording = recording;
	}

	static Profile begin(BenchApplication application, int messages) throws IOException, ParseException {
		if (STATEMENTS) {
			configure(application, "alter system set log_min_duration_statement = 0");
		}
		String file = System.getProperty("bench.jfr");
		if (file == null) {
			return new Profile(application, messages, null);
		}
		Recording recording = new Recording(Configuration.getConfiguration("profile"));
		recording.setDestination(Path.of(file));
		recording.start();
		return new Profile(application, messages, recording);
	}

	void end() throws IOException {
		if (STATEMENTS) {
			configure(this.application, "alter system reset log_min_duration_statement");
			ServerLog.read(this.application.data()).print(this.messages);
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

	private static void configure(BenchApplication application, String statement) {
		JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
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
		StringBuilder table = new StringBuilder("\nshare of the JVM's own samples, compiler and collector left out\n");
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
		steps.put("io.waypost.agent.Archetypes.count", "count archetypes");
		steps.put("io.waypost.agent.CampaignWriter.write", "write and inspect words");
		steps.put("io.waypost.experiment.Assignments.assign", "assign variants and holdouts");
		steps.put("io.waypost.agent.Personaliser.decide", "decide: permission, throttling, words, hour");
		steps.put("io.waypost.delivery.CampaignSends.add", "write sends");
		steps.put("io.waypost.experiment.Exposures.record", "record exposures");
		steps.put("io.waypost.delivery.Claims.claim", "claim and ask for permission again");
		steps.put("io.waypost.delivery.Submission.prepare", "open addresses and fill pages");
		steps.put("io.waypost.delivery.Submission.submitAll", "hand over to the provider");
		steps.put("io.waypost.delivery.Outcomes.save", "save outcomes");
		steps.put("io.waypost.journey.engine.OutageNote.execute", "engine");
		return Map.copyOf(steps);
	}

}
