package io.waypost.access.limit;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Two nodes that count requests in one Redis. Skipped if no {@code redis-server} is
 * installed ({@code apt-get install redis-server}, or {@code -Dredis.server=<path>}).
 */
@Tag("database")
class RedisRateLimiterTests {

	private static final RequestRate FIVE = new RequestRate(1, 5);

	@TempDir
	private Path directory;

	private int port;

	private Process redis;

	@BeforeEach
	void startRedis() throws IOException {
		Optional<Path> program = program();
		assumeTrue(program.isPresent(), "redis-server is not installed; the shared rate limit is not tested");
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		this.redis = start(program.get());
	}

	private Process start(Path program) throws IOException {
		Process started = new ProcessBuilder(program.toString(), "--port", Integer.toString(this.port), "--bind",
				"127.0.0.1", "--save", "", "--dir", this.directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("redis.log").toFile())
			.start();
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
			new Socket("127.0.0.1", this.port).close();
			return true;
		});
		return started;
	}

	@AfterEach
	void stopRedis() throws InterruptedException {
		if (this.redis != null) {
			this.redis.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void nodesShareABucket() {
		try (RedisRateLimiter one = node(); RedisRateLimiter two = node()) {
			for (int number = 0; number < 3; number++) {
				assertThat(one.take("key", FIVE).allowed()).isTrue();
			}
			assertThat(two.take("key", FIVE).remaining()).isEqualTo(1);
			assertThat(two.take("key", FIVE).allowed()).isTrue();
			RateDecision refused = one.take("key", FIVE);
			assertThat(refused.allowed()).isFalse();
			assertThat(refused.waitNanos()).isBetween(1L, Duration.ofSeconds(1).toNanos());
			assertThat(one.take("other", FIVE).allowed()).isTrue();
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> two.take("key", FIVE).allowed());
		}
	}

	@Test
	void nodesCountForThemselvesWithoutRedisAndTogetherAfterwards() throws Exception {
		try (RedisRateLimiter one = node()) {
			assertThat(one.take("key", FIVE).allowed()).isTrue();
			this.redis.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			long start = System.nanoTime();
			for (int number = 0; number < 5; number++) {
				assertThat(one.take("after", FIVE).allowed()).isTrue();
			}
			assertThat(one.take("after", FIVE).allowed()).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
			this.redis = start(program().orElseThrow());
			RequestRate slow = new RequestRate(1, 1000);
			Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(500)).until(() -> {
				one.take("again", slow);
				try (RedisRateLimiter two = node()) {
					return two.take("again", slow).remaining() < 998;
				}
			});
		}
	}

	@Test
	void startsWithoutRedis() throws Exception {
		this.redis.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		try (RedisRateLimiter node = node()) {
			assertThat(node.take("key", FIVE).allowed()).isTrue();
		}
	}

	private RedisRateLimiter node() {
		return new RedisRateLimiter(URI.create("redis://127.0.0.1:" + this.port), new LocalRateLimiter());
	}

	private static Optional<Path> program() {
		String named = System.getProperty("redis.server");
		Stream<Path> candidates = (named != null) ? Stream.of(Path.of(named))
				: Stream.of(System.getenv("PATH").split(File.pathSeparator))
					.map((folder) -> Path.of(folder, "redis-server"));
		return candidates.filter(Files::isExecutable).findFirst();
	}

}
