package io.waypost.agent.llm;

/** What a language model is asked for. Each purpose may have its own providers. */
public enum ModelPurpose {

	/** Writes copy. */
	WRITE,

	/** Judges copy. */
	JUDGE,

	/** Plans messages and drafts campaigns. */
	PLAN

}
