package io.waypost.logging;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	/** The outsider's forged line came from the cell of a decision table. */
	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\u2028", "\u0085", "\u001b[2K", "\b", "\u202e" })
	void escapesControlCharactersInMessagesAndExceptions(String control) {
		String forged = "cell 'x" + control + "21:00:00.000 ERROR Forged4 (' is invalid\tat end";
		ILoggingEvent event = logged("io.waypost.policy.Tables", forged,
				new IllegalStateException(forged, new IllegalArgumentException(forged)));
		IThrowableProxy thrown = event.getThrowableProxy();
		assertThat(List.of(event.getFormattedMessage(), event.getMessage(), thrown.getMessage(),
				thrown.getCause().getMessage(), ((ThrowableProxy) thrown).getThrowable().toString()))
			.allSatisfy((text) -> assertThat(text).contains("Forged4", "\tat end")
				.matches("(?s)[^\\p{Cntrl}\u2028\u202e]*\t[^\\p{Cntrl}]*")
				.contains("\\"));
		assertThat(ThrowableProxyUtil.asString(thrown).lines()).noneMatch((line) -> line.startsWith("21:00"));
	}

	@Test
	void keepsTheLinesOfTheReportOfAFailedStart() throws ClassNotFoundException {
		String logger = Class.forName("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter").getName();
		assertThat(logged(logger, "first\nsecond", null).getFormattedMessage()).isEqualTo("first\nsecond");
	}

	private String logged(String logger) {
		return logged(logger, TEXT, null).getFormattedMessage();
	}

	private ILoggingEvent logged(String logger, String text, Throwable failure) {
		ListAppender<ILoggingEvent> target = new ListAppender<>();
		target.setContext(this.context);
		target.start();
		RedactingAppender appender = new RedactingAppender(target);
		appender.start();
		appender.doAppend(
				new LoggingEvent(logger, this.context.getLogger(logger), Level.INFO, text, failure, new Object[0]));
		return target.list.getFirst();
	}

}
