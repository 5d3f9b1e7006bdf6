package io.waypost.agent;

/**
 * An agent cannot process these messages, and a retry would not help. The process takes
 * the path of the failed agent, usually to fallback content.
 */
public class AgentFailedException extends RuntimeException {

	private final String agent;

	private final String code;

	/**
	 * Creates the exception.
	 * @param agent name of the agent, for example {@code planner}
	 * @param code short code, for example {@code template_missing}
	 * @param detail what is missing and the way out; no personal data
	 */
	public AgentFailedException(String agent, String code, String detail) {
		super(detail);
		this.agent = agent;
		this.code = code;
	}

	/**
	 * Returns the agent.
	 * @return its name
	 */
	public String agent() {
		return this.agent;
	}

	/**
	 * Returns the reason.
	 * @return the code
	 */
	public String code() {
		return this.code;
	}

}
