package io.waypost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A start with wrong settings, in a process of its own. */
@Tag("engine-node")
class RefusedStartTests {

	@TempDir
	private Path directory;

	@Test
	void endsQuicklyAndNamesTheVariable() throws Exception {
		String output = refused(Map.of("WAYPOST_ESP_0_TPYE", "smtp"));
		assertThat(output).contains("WAYPOST_ESP_0_TPYE", "WAYPOST_ESP_0_TYPE");
		assertThat(output.lines().count()).as(output).isLessThan(40);
		assertThat(this.directory.resolve("data")).as("nothing is created").doesNotExist();
	}

	@ParameterizedTest
	@CsvSource({ "sengrid,sendgrid" })
	void refusesUnknownTypesOfProviders(String type, String known) throws Exception {
		String output = refused(Map.of(), "--waypost.esp[0].name=a", "--waypost.esp[0].type=" + type);
		assertThat(output).contains(type, known);
	}

	private String refused(Map<String, String> variables, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx384m", "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), WaypostApplication.class.getName(),
						"--server.port=0", "--waypost.data-dir=" + this.directory.resolve("data")));
		command.addAll(List.of(arguments));
		Path log = this.directory.resolve("log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(variables);
		Process process = builder.start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
			String output = Files.readString(log);
			assertThat(process.exitValue()).as(output).isNotZero();
			return output;
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

}
