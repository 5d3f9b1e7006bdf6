package io.waypost.logging;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * A log event whose texts are redacted and have no control characters: message,
 * exceptions, MDC and key-value pairs.
 */
final class RedactedEvent implements ILoggingEvent {

	private static final String FAILED_START = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

	private final ILoggingEvent event;

	private final String message;

	private final @Nullable IThrowableProxy throwable;

	RedactedEvent(ILoggingEvent event) {
		this.event = event;
		String formatted = event.getFormattedMessage();
		this.message = (formatted != null) ? clean(event.getLoggerName(), formatted) : "";
		IThrowableProxy thrown = event.getThrowableProxy();
		this.throwable = (thrown != null) ? new RedactedThrowableProxy(thrown) : null;
	}

	/** The report of a failed start has several lines, and no values of requests. */
	private static String clean(String logger, String text) {
		String redacted = LogRedactor.redact(text);
		return logger.equals(FAILED_START) ? redacted : LogEscaper.escape(redacted);
	}

	@Override
	public String getMessage() {
		return this.message;
	}

	@Override
	public String getFormattedMessage() {
		return this.message;
	}

	/** The message is formatted already. */
	@Override
	public Object @Nullable [] getArgumentArray() {
		return null;
	}

	@Override
	public @Nullable IThrowableProxy getThrowableProxy() {
		return this.throwable;
	}

	@Override
	public Map<String, String> getMDCPropertyMap() {
		Map<String, String> properties = this.event.getMDCPropertyMap();
		if (properties.isEmpty()) {
			return properties;
		}
		Map<String, String> redacted = new LinkedHashMap<>();
		properties.forEach((name, value) -> redacted.put(name,
				(value != null) ? LogEscaper.escape(LogRedactor.redact(value)) : null));
		return redacted;
	}

	@Override
	@Deprecated
	public Map<String, String> getMdc() {
		return getMDCPropertyMap();
	}

	@Override
	public @Nullable List<KeyValuePair> getKeyValuePairs() {
		List<KeyValuePair> pairs = this.event.getKeyValuePairs();
		return (pairs == null) ? null
				: pairs.stream()
					.map((pair) -> new KeyValuePair(pair.key,
							LogEscaper.escape(LogRedactor.redact(String.valueOf(pair.value)))))
					.toList();
	}

	@Override
	public String getThreadName() {
		return this.event.getThreadName();
	}

	@Override
	public Level getLevel() {
		return this.event.getLevel();
	}

	@Override
	public String getLoggerName() {
		return this.event.getLoggerName();
	}

	@Override
	public LoggerContextVO getLoggerContextVO() {
		return this.event.getLoggerContextVO();
	}

	@Override
	public StackTraceElement[] getCallerData() {
		return this.event.getCallerData();
	}

	@Override
	public boolean hasCallerData() {
		return this.event.hasCallerData();
	}

	@Override
	public List<Marker> getMarkerList() {
		return this.event.getMarkerList();
	}

	@Override
	public long getTimeStamp() {
		return this.event.getTimeStamp();
	}

	@Override
	public int getNanoseconds() {
		return this.event.getNanoseconds();
	}

	@Override
	public Instant getInstant() {
		return this.event.getInstant();
	}

	@Override
	public long getSequenceNumber() {
		return this.event.getSequenceNumber();
	}

	@Override
	public void prepareForDeferredProcessing() {
		this.event.prepareForDeferredProcessing();
	}

}
