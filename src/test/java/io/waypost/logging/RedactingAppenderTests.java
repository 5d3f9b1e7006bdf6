package io.waypost.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedactingAppenderTests {

	private static final String TEXT = "curl -H 'Authorization: Bearer demo-token'";

	private final LoggerContext context = new LoggerContext();

	@Test
	void keepsTheCredentialsOfTheSampleInTheMessageAfterTheStart() throws ClassNotFoundException {
		assertThat(logged(Class.forName("io.waypost.StartupMessage").getName())).isEqualTo(TEXT);
	}

	@Test
	void redactsTheSameTextOfOtherLoggers() {
		assertThat(logged("io.waypost.delivery.dispatch.Dispatcher")).doesNotContain("demo-token");
	}

	private String logged(String logger) {
		ListAppender<ILoggingEvent> target = new ListAppender<>();
		target.setContext(this.context);
		target.start();
		RedactingAppender appender = new RedactingAppender(target);
		appender.start();
		appender
			.doAppend(new LoggingEvent(logger, this.context.getLogger(logger), Level.INFO, TEXT, null, new Object[0]));
		return target.list.getFirst().getFormattedMessage();
	}

}
