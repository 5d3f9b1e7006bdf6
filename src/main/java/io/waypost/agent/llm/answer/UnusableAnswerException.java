package io.waypost.agent.llm.answer;

/** An answer is not one JSON document that matches the schema. */
public class UnusableAnswerException extends RuntimeException {

	UnusableAnswerException(String detail) {
		super(detail);
	}

}
