package io.waypost.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.common.Uuid;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Kafka broker in its own process, which can be killed and restarted on the same port
 * and data.
 */
public final class KafkaProcess implements AutoCloseable {

	private final Path directory;

	private final int port;

	private Process process;

	/**
	 * Uses short timeouts: a killed broker is admitted again after its session has
	 * expired.
	 */
	private KafkaProcess(Path directory, String security) throws IOException, InterruptedException {
		this.directory = Files.createDirectories(directory);
		this.port = freePort();
		Files.writeString(settings(), """
				process.roles=broker,controller
				node.id=1
				listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
				advertised.listeners=CLIENT://127.0.0.1:%1$d
				inter.broker.listener.name=CLIENT
				controller.listener.names=CONTROLLER
				controller.quorum.voters=1@127.0.0.1:%2$d
				%4$s
				log.dirs=%3$s
				num.partitions=1
				offsets.topic.replication.factor=1
				offsets.topic.num.partitions=1
				group.initial.rebalance.delay.ms=0
				broker.heartbeat.interval.ms=500
				broker.session.timeout.ms=2000
				""".formatted(this.port, freePort(), directory.resolve("log"), security));
		assertThat(java("kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c",
				settings().toString())
			.waitFor()).as("formatting of the broker's data").isZero();
		this.process = java("kafka.Kafka", settings().toString());
	}

	/**
	 * Starts a broker. Clients wait until it is ready.
	 * @param directory directory of its data
	 * @return the broker
	 */
	public static KafkaProcess start(Path directory) throws IOException, InterruptedException {
		return new KafkaProcess(directory, "listener.security.protocol.map=CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT");
	}

	/**
	 * Starts a broker that demands a password (SASL, mechanism PLAIN).
	 * @param directory directory of its data
	 * @param user name of the only user besides the broker
	 * @param password the user's password
	 * @return the broker
	 */
	public static KafkaProcess startWithPassword(Path directory, String user, String password)
			throws IOException, InterruptedException {
		return new KafkaProcess(directory, """
				listener.security.protocol.map=CONTROLLER:PLAINTEXT,CLIENT:SASL_PLAINTEXT
				sasl.mechanism.inter.broker.protocol=PLAIN
				listener.name.client.sasl.enabled.mechanisms=PLAIN
				listener.name.client.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
				required username="broker" password="broker" user_broker="broker" user_%s="%s";
				""".formatted(user, password).replace("\n\t", "\n"));
	}

	public String servers() {
		return "127.0.0.1:" + this.port;
	}

	/** Kills the broker. */
	public void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** Restarts the broker on the same data. */
	public void startAgain() throws IOException {
		this.process = java("kafka.Kafka", settings().toString());
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

	private Path settings() {
		return this.directory.resolve("server.properties");
	}

	private Process java(String... program) throws IOException {
		List<String> command = Stream
			.concat(Stream.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")),
					Stream.of(program))
			.toList();
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output.log").toFile())
			.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
