package io.waypost.logging;

import java.io.PrintWriter;
import java.io.StringWriter;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Every appender gets redacted events, whatever its layout prints. */
@ExtendWith(OutputCaptureExtension.class)
class LogRedactionListenerTests {

	private final LoggerContext context = new LoggerContext();

	private final Logger logger = this.context.getLogger("io.waypost.test");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void attach() {
		this.appender.setContext(this.context);
		this.appender.start();
		this.logger.addAppender(this.appender);
		LogRedactionListener.wrapAppenders(this.logger);
		LogRedactionListener.wrapAppenders(this.logger);
	}

	@Test
	void redactsMessagesArgumentsAndKeyValues() {
		this.logger.atWarn()
			.addKeyValue("to", "ada@example.com")
			.setMessage("Refused {}")
			.addArgument("ada@example.com")
			.log();
		ILoggingEvent event = this.appender.list.getFirst();
		assertThat(this.appender.list).hasSize(1);
		assertThat(event.getFormattedMessage()).isEqualTo("Refused [e-mail]");
		assertThat(event.getMessage()).doesNotContain("ada");
		assertThat(event.getArgumentArray()).isNull();
		assertThat(event.getKeyValuePairs()).asString().doesNotContain("ada");
	}

	@Test
	void redactsExceptionsCausesAndSuppressedOnes() {
		IllegalStateException failure = new IllegalStateException("for ada@example.com",
				new IllegalArgumentException("token=abc123", new RuntimeException("ada@example.com")));
		failure.addSuppressed(new RuntimeException("ada@example.com"));
		this.logger.error("Failed", failure);
		ILoggingEvent event = this.appender.list.getFirst();
		PatternLayout layout = new PatternLayout();
		layout.setContext(this.context);
		layout.setPattern("%m%n%ex%rEx");
		layout.start();
		String printed = layout.doLayout(event);
		StringWriter raw = new StringWriter();
		((ThrowableProxy) event.getThrowableProxy()).getThrowable().printStackTrace(new PrintWriter(raw));
		for (String text : new String[] { printed, raw.toString(),
				ThrowableProxyUtil.asString(event.getThrowableProxy()) }) {
			assertThat(text).contains("java.lang.IllegalStateException: for [e-mail]")
				.contains("java.lang.IllegalArgumentException: token=[secret]")
				.contains("LogRedactionListenerTests")
				.doesNotContain("ada@")
				.doesNotContain("abc123");
		}
	}

	/** Spring Boot finds the listener by its factories file, in the packaged jar too. */
	@Test
	void redactsTheConsoleOfAnApplication(CapturedOutput output) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Quiet.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=jdbc:none");
		try (ConfigurableApplicationContext running = application.run()) {
			LoggerFactory.getLogger("io.waypost.test")
				.warn("Refused ada@example.com", new IllegalStateException("for ada@example.com"));
		}
		assertThat(output).contains("Refused [e-mail]", "IllegalStateException: for [e-mail]").doesNotContain("ada@");
	}

	@Configuration(proxyBeanMethods = false)
	static class Quiet {

	}

}
