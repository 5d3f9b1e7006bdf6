package io.waypost.logging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Puts a {@link RedactingAppender} in front of every appender, right after Spring Boot
 * has set up the log: those of {@code logging.*} properties and those of a Logback file
 * of the operator.
 */
final class LogRedactionListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.getLoggerList().forEach(LogRedactionListener::wrapAppenders);
		}
	}

	static void wrapAppenders(Logger logger) {
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		Iterator<Appender<ILoggingEvent>> attached = logger.iteratorForAppenders();
		attached.forEachRemaining(appenders::add);
		for (Appender<ILoggingEvent> appender : appenders) {
			if (!(appender instanceof RedactingAppender)) {
				RedactingAppender redacting = new RedactingAppender(appender);
				redacting.start();
				logger.detachAppender(appender);
				logger.addAppender(redacting);
			}
		}
	}

}
