package io.waypost.agent.llm.prompt;

/**
 * A version of a prompt. Its texts are final: nothing is filled into them. The facts of a
 * request follow the text for the user.
 *
 * @param name for example {@code write-email}
 * @param version 1 for the first
 * @param system instructions
 * @param user task, followed by the facts as JSON
 */
public record Prompt(String name, int version, String system, String user) {

	/**
	 * Returns name and version as explanations show them.
	 * @return for example {@code write-email@3}
	 */
	public String reference() {
		return this.name + '@' + this.version;
	}

}
