package io.waypost.journey.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Deploys what changes in the source folders. */
class ModelReloadTests {

	private final List<Map<String, byte[]>> deployments = new CopyOnWriteArrayList<>();

	@TempDir
	private Path root;

	private ModelReload reload;

	@BeforeEach
	void start() throws IOException {
		write("processes/welcome.bpmn", "one");
		write("dmn/policy.dmn", "two");
		write("forms/review.form", "three");
		write("processes/notes.txt", "no model");
		this.reload = new ModelReload(new ModelFolder(this.root), Duration.ofMillis(20), this::deploy);
		this.reload.start();
	}

	@AfterEach
	void stop() {
		this.reload.stop();
		assertThat(this.reload.isRunning()).isFalse();
	}

	@Test
	void deploysAllModelsAfterAChangeOfOne() throws IOException {
		write("dmn/policy.dmn", "changed");
		await().until(() -> this.deployments.size() == 1);
		assertThat(this.deployments.getFirst()).containsOnlyKeys("processes/welcome.bpmn", "dmn/policy.dmn",
				"forms/review.form");
		assertThat(this.deployments.getFirst().get("dmn/policy.dmn")).asString(StandardCharsets.UTF_8)
			.isEqualTo("changed");
	}

	@Test
	void continuesAfterARefusedModel() throws IOException {
		write("processes/welcome.bpmn", "refuse me");
		await().until(() -> this.deployments.size() == 1);
		write("processes/welcome.bpmn", "better now");
		await().until(() -> this.deployments.size() == 2);
	}

	@Test
	void deploysNothingWithoutAChange() throws IOException {
		write("processes/notes.txt", "still no model");
		await().pollDelay(Duration.ofMillis(200)).until(this.reload::isRunning);
		assertThat(this.deployments).isEmpty();
	}

	private void deploy(Map<String, byte[]> models) {
		this.deployments.add(models);
		if (new String(models.get("processes/welcome.bpmn"), StandardCharsets.UTF_8).startsWith("refuse")) {
			throw new IllegalStateException("refused");
		}
	}

	private void write(String name, String content) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

}
