package io.waypost.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Hands redacted events to another appender. */
final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private final Appender<ILoggingEvent> target;

	RedactingAppender(Appender<ILoggingEvent> target) {
		this.target = target;
		setName(target.getName());
		setContext(target.getContext());
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.target.doAppend(new RedactedEvent(event));
	}

	@Override
	public void stop() {
		super.stop();
		this.target.stop();
	}

}
