package io.waypost.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * Hands redacted events to another appender. The message after the start is handed on as
 * it is: it consists of constants and shows the credentials of the sample workspace.
 */
final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final String STARTUP_MESSAGE = "io.waypost.StartupMessage";

	private final Appender<ILoggingEvent> target;

	RedactingAppender(Appender<ILoggingEvent> target) {
		this.target = target;
		setName(target.getName());
		setContext(target.getContext());
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.target.doAppend(event.getLoggerName().equals(STARTUP_MESSAGE) ? event : new RedactedEvent(event));
	}

	@Override
	public void stop() {
		super.stop();
		this.target.stop();
	}

}
