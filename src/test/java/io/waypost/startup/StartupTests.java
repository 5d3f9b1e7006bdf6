package io.waypost.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.support.HttpRequestHandlerServlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A small application on a fixed port, from the first moment to the end. */
class StartupTests {

	private static volatile CountDownLatch slowBean = new CountDownLatch(1);

	private final int port = freePort();

	private final AtomicInteger refused = new AtomicInteger();

	private final List<Integer> statuses = new CopyOnWriteArrayList<>();

	@BeforeEach
	void blockTheStart() {
		slowBean = new CountDownLatch(1);
	}

	/** Asks without a pause from the first response to the end: none may be lost. */
	@Test
	void refusesNoConnectionBetweenProgressAndPages() {
		Thread client = Thread.ofVirtual().start(this::askUntilReady);
		CompletableFuture<ConfigurableApplicationContext> start = CompletableFuture.supplyAsync(this::start);
		await().until(() -> this.statuses.contains(503));
		slowBean.countDown();
		try (ConfigurableApplicationContext context = start.join()) {
			await().until(() -> this.statuses.contains(200));
			assertThat(context.getBean(StartupServer.class)).isNotNull();
			assertThat(client.isAlive()).isFalse();
			assertThat(this.statuses).as("-1 is a refused or broken connection").containsOnly(503, 200);
			assertThatThrownBy(this::start).isInstanceOf(PortInUseException.class);
		}
		assertThat(status()).as("after the end").isEqualTo(-1);
	}

	/** A proxy without health checks would pass the 503 on to its clients. */
	@Test
	void refusesConnectionsUntilItIsReadyIfThePageIsSwitchedOff() {
		CompletableFuture<ConfigurableApplicationContext> start = CompletableFuture
			.supplyAsync(() -> start("--" + StartupSettings.PAGE + "=false"));
		Thread client = Thread.ofVirtual().start(this::askUntilAnswered);
		await().until(() -> this.refused.get() > 3);
		slowBean.countDown();
		try (ConfigurableApplicationContext context = start.join()) {
			await().until(() -> !client.isAlive());
			assertThat(context.getBeansOfType(StartupServer.class)).isEmpty();
			assertThat(this.statuses).containsExactly(200);
		}
	}

	private void askUntilAnswered() {
		int status = status();
		while (status < 0) {
			this.refused.incrementAndGet();
			status = status();
		}
		this.statuses.add(status);
	}

	private void askUntilReady() {
		int status = -1;
		while (status != 200) {
			status = status();
			if (status > 0 || this.statuses.contains(503)) {
				this.statuses.add(status);
			}
		}
	}

	private int status() {
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/")).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
		catch (IOException broken) {
			return -1;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ConfigurableApplicationContext start() {
		return start("--" + StartupSettings.PAGE + "=true");
	}

	private ConfigurableApplicationContext start(String page) {
		return new SpringApplicationBuilder(SlowApplication.class).run("--server.port=" + this.port,
				"--server.address=127.0.0.1", "--spring.datasource.url=none", page);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ServletWebServerFactoryAutoConfiguration.class, StartupConfiguration.class })
	static class SlowApplication {

		@Bean
		String slow() throws InterruptedException {
			slowBean.await();
			return "at last";
		}

		@Bean
		HttpRequestHandler hello() {
			return (request, response) -> response.getWriter().write("hello");
		}

		@Bean
		ServletRegistrationBean<HttpRequestHandlerServlet> servlet() {
			ServletRegistrationBean<HttpRequestHandlerServlet> servlet = new ServletRegistrationBean<>(
					new HttpRequestHandlerServlet(), "/");
			servlet.setName("hello");
			return servlet;
		}

	}

}
