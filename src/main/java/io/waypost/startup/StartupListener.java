package io.waypost.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ConfigurableBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Opens the web port as soon as the settings are read, and makes the open server a bean
 * of the context that is prepared meanwhile. A port that is taken stops the start here,
 * before anything else is touched. A random port, TLS or
 * {@code waypost.startup-page=false} leaves everything to Tomcat.
 */
final class StartupListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	/** After the settings and the log are set up, before everything that takes time. */
	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	private @Nullable StartupServer server;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			open(prepared.getSpringApplication(), prepared.getEnvironment(), prepared.getBootstrapContext());
		}
		else if (event instanceof ApplicationFailedEvent || event instanceof ApplicationReadyEvent) {
			close();
		}
	}

	private void open(SpringApplication application, ConfigurableEnvironment environment,
			ConfigurableBootstrapContext bootstrap) {
		int port = environment.getProperty("server.port", Integer.class, 8080);
		if (port <= 0 || !environment.getProperty(StartupSettings.PAGE, Boolean.class, true)
				|| application.getWebApplicationType() != WebApplicationType.SERVLET
				|| environment.getProperty("server.ssl.enabled", Boolean.class,
						environment.containsProperty("server.ssl.bundle")
								|| environment.containsProperty("server.ssl.key-store")
								|| environment.containsProperty("server.ssl.certificate"))) {
			return;
		}
		StartupProgress progress = new StartupProgress();
		StartupServer opened = listen(address(environment, port), progress);
		if (opened != null) {
			this.server = opened;
			application.setApplicationStartup(progress);
			bootstrap.addCloseListener((closed) -> closed.getApplicationContext()
				.getBeanFactory()
				.registerSingleton(StartupServer.class.getName(), opened));
		}
	}

	/** An address that is not of this machine is reported later, by Tomcat. */
	private static @Nullable StartupServer listen(InetSocketAddress address, StartupProgress progress) {
		try {
			return StartupServer.open(address, new StartupResponse(progress));
		}
		catch (IOException ex) {
			PortInUseException.throwIfPortBindingException(ex, address::getPort);
			return null;
		}
	}

	private static InetSocketAddress address(ConfigurableEnvironment environment, int port) {
		InetAddress address = environment.getProperty("server.address", InetAddress.class);
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

	/** Does nothing when Tomcat has the socket. */
	private void close() {
		if (this.server != null) {
			this.server.close();
		}
	}

}
