package io.waypost.access.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The nginx of this machine with the configuration of src/main/edge. Only addresses,
 * paths of logs and the certificate are replaced.
 */
final class InstalledProxy implements AutoCloseable {

	private static final Path CONFIGURATION = Path.of("src/main/edge");

	private static final List<Path> NEEDED = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/openssl"),
			Path.of("/usr/lib/nginx/modules/ngx_http_modsecurity_module.so"),
			Path.of("/usr/share/modsecurity-crs/rules/REQUEST-901-INITIALIZATION.conf"));

	private final Path directory;

	private final int tlsPort = freePort();

	private final int plainPort = freePort();

	private final Process nginx;

	private final SSLContext tls;

	private InstalledProxy(Path directory, List<Integer> nodes) throws Exception {
		this.directory = directory;
		copyConfiguration(nodes);
		run("/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
				"-days", "2", "-subj", "/CN=mail.example", "-addext", "subjectAltName=DNS:mail.example", "-keyout",
				directory.resolve("tls.key").toString(), "-out", directory.resolve("tls.crt").toString());
		this.tls = trusting(directory.resolve("tls.crt"));
		this.nginx = new ProcessBuilder("/usr/sbin/nginx", "-c", directory.resolve("nginx.conf").toString(), "-g",
				"daemon off;")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output.log").toFile())
			.start();
		await().atMost(Duration.ofSeconds(20)).until(() -> !this.nginx.isAlive() || isListening());
		assertThat(this.nginx.isAlive()).as(log()).isTrue();
	}

	static boolean isInstalled() {
		return NEEDED.stream().allMatch(Files::isReadable);
	}

	/**
	 * Starts the proxy.
	 * @param directory empty directory for its files
	 * @param nodes ports of the nodes on this machine
	 */
	static InstalledProxy start(Path directory, Integer... nodes) throws Exception {
		return new InstalledProxy(directory, List.of(nodes));
	}

	private void copyConfiguration(List<Integer> nodes) throws IOException {
		String servers = nodes.stream()
			.map((port) -> "server 127.0.0.1:%d max_fails=1 fail_timeout=10s;".formatted(port))
			.collect(Collectors.joining("\n\t\t"));
		Map<String, String> replacements = Map.of("server 127.0.0.1:8080 max_fails=1 fail_timeout=10s;", servers,
				"listen 443 ssl", "listen 127.0.0.1:%d ssl".formatted(this.tlsPort), "listen 80 ",
				"listen 127.0.0.1:%d ".formatted(this.plainPort), "/var/log/nginx/", this.directory + "/",
				"/run/nginx.pid", this.directory + "/nginx.pid", "/etc/nginx/waypost/", this.directory + "/");
		try (Stream<Path> files = Files.walk(CONFIGURATION)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String text = Files.readString(file);
				for (Map.Entry<String, String> replacement : replacements.entrySet()) {
					text = text.replace(replacement.getKey(), replacement.getValue());
				}
				Path copy = this.directory.resolve(CONFIGURATION.relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.writeString(copy, text);
			}
		}
	}

	/**
	 * Sends a request as it is and reads the response.
	 * @param head request line and headers, separated by line feeds; Host and Connection
	 * are added
	 * @param body the body; its length is added
	 */
	Response send(String head, byte[] body) throws IOException {
		String length = (body.length > 0) ? "Content-Length: " + body.length + "\n" : "";
		return sendRaw(head + "\nHost: mail.example\nConnection: close\n" + length, body);
	}

	/** Sends a request with exactly these headers. */
	Response sendRaw(String head, byte[] body) throws IOException {
		try (Socket socket = this.tls.getSocketFactory().createSocket("127.0.0.1", this.tlsPort)) {
			socket.setSoTimeout(20_000);
			try {
				socket.getOutputStream().write((head.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
				socket.getOutputStream().write(body);
				socket.getOutputStream().flush();
			}
			catch (IOException refusedBeforeTheEnd) {
				// The response is there already
			}
			return Response.of(socket.getInputStream().readAllBytes());
		}
	}

	/** Sends a request without TLS. */
	Response sendPlain(String head) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.plainPort)) {
			socket.getOutputStream()
				.write((head + "\nHost: mail.example\nConnection: close\n\n").replace("\n", "\r\n")
					.getBytes(StandardCharsets.UTF_8));
			return Response.of(socket.getInputStream().readAllBytes());
		}
	}

	/** What the proxy and its firewall wrote. */
	String log() throws IOException {
		StringBuilder text = new StringBuilder();
		for (String name : List.of("output.log", "error.log")) {
			Path file = this.directory.resolve(name);
			text.append(Files.exists(file) ? Files.readString(file) : "");
		}
		return text.toString();
	}

	String accessLog() throws IOException {
		return Files.readString(this.directory.resolve("access.log"));
	}

	private boolean isListening() {
		try (Socket socket = new Socket("127.0.0.1", this.tlsPort)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream input = Files.newInputStream(certificate)) {
			store.setCertificateEntry("proxy", CertificateFactory.getInstance("X.509").generateCertificate(input));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static void run(String... command) throws IOException, InterruptedException {
		assertThat(new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor()).as(Arrays.toString(command)).isZero();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Its workers end with it. */
	@Override
	public void close() throws InterruptedException {
		this.nginx.destroy();
		this.nginx.waitFor();
	}

	/**
	 * A response of the proxy or of a node.
	 *
	 * @param status HTTP status
	 * @param head status line and headers
	 * @param body the rest
	 */
	record Response(int status, String head, String body) {

		static Response of(byte[] bytes) {
			String text = new String(bytes, StandardCharsets.UTF_8);
			assertThat(text).as("response").startsWith("HTTP/1.1 ");
			int end = text.indexOf("\r\n\r\n");
			return new Response(Integer.parseInt(text.substring(9, 12)), text.substring(0, end),
					text.substring(end + 4));
		}

		/** Whether the proxy refused the request, not Waypost. */
		boolean isRefusedByTheProxy() {
			return this.body.contains("\"refusedBy\":\"edge\"");
		}

	}

}
