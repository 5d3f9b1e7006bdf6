package io.waypost.logging;

import java.util.Arrays;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * An exception with redacted and escaped messages, including its causes and suppressed
 * exceptions. It is a {@link ThrowableProxy}, because Spring Boot's structured formats
 * ask it for the exception itself.
 */
final class RedactedThrowableProxy extends ThrowableProxy {

	private final IThrowableProxy proxy;

	RedactedThrowableProxy(IThrowableProxy proxy) {
		super(new RedactedThrowable(proxy, null));
		this.proxy = proxy;
	}

	@Override
	public @Nullable String getMessage() {
		return redact(this.proxy.getMessage());
	}

	@Override
	public @Nullable String getOverridingMessage() {
		return redact(this.proxy.getOverridingMessage());
	}

	@Override
	public String getClassName() {
		return this.proxy.getClassName();
	}

	@Override
	public StackTraceElementProxy[] getStackTraceElementProxyArray() {
		return this.proxy.getStackTraceElementProxyArray();
	}

	@Override
	public int getCommonFrames() {
		return this.proxy.getCommonFrames();
	}

	@Override
	public boolean isCyclic() {
		return this.proxy.isCyclic();
	}

	@Override
	public @Nullable IThrowableProxy getCause() {
		IThrowableProxy cause = this.proxy.getCause();
		return (cause != null) ? new RedactedThrowableProxy(cause) : null;
	}

	@Override
	public IThrowableProxy[] getSuppressed() {
		IThrowableProxy[] suppressed = this.proxy.getSuppressed();
		return (suppressed == null) ? new IThrowableProxy[0]
				: Arrays.stream(suppressed).map(RedactedThrowableProxy::new).toArray(IThrowableProxy[]::new);
	}

	@Override
	public Throwable getThrowable() {
		return RedactedThrowable.of(this.proxy);
	}

	private static @Nullable String redact(@Nullable String message) {
		return (message != null) ? LogEscaper.escape(LogRedactor.redact(message)) : null;
	}

	/** Prints like the exception that it replaces. */
	private static final class RedactedThrowable extends Throwable {

		private static final long serialVersionUID = 1L;

		private final String className;

		private RedactedThrowable(IThrowableProxy proxy, @Nullable Throwable cause) {
			super(redact(proxy.getMessage()), cause, true, true);
			this.className = String.valueOf(proxy.getClassName());
			StackTraceElementProxy[] elements = proxy.getStackTraceElementProxyArray();
			setStackTrace((elements == null) ? new StackTraceElement[0]
					: Arrays.stream(elements)
						.map(StackTraceElementProxy::getStackTraceElement)
						.toArray(StackTraceElement[]::new));
		}

		static Throwable of(IThrowableProxy proxy) {
			IThrowableProxy cause = proxy.getCause();
			RedactedThrowable throwable = new RedactedThrowable(proxy, (cause != null) ? of(cause) : null);
			if (proxy.getSuppressed() != null) {
				Arrays.stream(proxy.getSuppressed()).forEach((suppressed) -> throwable.addSuppressed(of(suppressed)));
			}
			return throwable;
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

		@Override
		public String toString() {
			return (getMessage() != null) ? this.className + ": " + getMessage() : this.className;
		}

	}

}
