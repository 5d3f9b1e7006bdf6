package io.waypost.access.edge;

import java.io.IOException;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.SlowBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;

/**
 * Gives every request body a minimum rate, see {@link RatedBody}. It works on Tomcat's
 * own buffer, because Tomcat reads form parameters and the unread rest of bodies past all
 * servlet filters.
 */
class BodyRateValve extends ValveBase {

	private final WaitingBodies waiting;

	/**
	 * Makes a valve.
	 * @param waiting counts the threads that wait
	 */
	BodyRateValve(WaitingBodies waiting) {
		super(true);
		this.waiting = waiting;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request connection = request.getCoyoteRequest();
		if (!hasValidLength(connection)) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		if (connection.getContentLengthLong() <= 0 && connection.getHeader("Transfer-Encoding") == null) {
			getNext().invoke(request, response);
			return;
		}
		InputBuffer source = connection.getInputBuffer();
		RatedBody body = new RatedBody(source, connection.getContentLengthLong(),
				String.valueOf(request.getRemoteAddr()), this.waiting,
				(refusal) -> request.setAttribute(SlowBody.ATTRIBUTE, refusal));
		connection.setInputBuffer(body);
		try {
			getNext().invoke(request, response);
			if (request.isAsync()) {
				return;
			}
			boolean isRead = connection.hasExpectation() ? body.isComplete() : body.discardRest();
			if (!isRead) {
				connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			}
		}
		finally {
			connection.setInputBuffer(source);
		}
	}

	/** Tomcat reads the length when it is asked for, and fails for an invalid one. */
	private static boolean hasValidLength(org.apache.coyote.Request connection) {
		try {
			return connection.getContentLengthLong() >= -1;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
