package io.waypost.journey.engine.web;

import org.camunda.bpm.engine.BadUserRequestException;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The variables of a completed task or of a started process are not valid. Also kept at
 * the request, because the engine hides what a listener throws behind an error of its
 * own.
 */
public class FormRefusedException extends BadUserRequestException {

	static final String ATTRIBUTE = FormRefusedException.class.getName();

	static final String CONFLICT = ATTRIBUTE + ".conflict";

	private static final long serialVersionUID = 1L;

	/**
	 * Refuses the form.
	 * @param detail which field, what is wrong, how to fix it
	 */
	public FormRefusedException(String detail) {
		super(detail);
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ATTRIBUTE, detail, RequestAttributes.SCOPE_REQUEST);
		}
	}

	/**
	 * Makes an exception for a form that is valid, but contradicts what was decided
	 * before. Answered with 409.
	 * @param detail what it contradicts and how to go on
	 * @return the exception to throw
	 */
	public static FormRefusedException conflict(String detail) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(CONFLICT, Boolean.TRUE, RequestAttributes.SCOPE_REQUEST);
		}
		return new FormRefusedException(detail);
	}

	/**
	 * Makes an exception for one field of the form of a task.
	 * @param variable the process variable that contains the form
	 * @param field name of the field; empty for the form itself
	 * @param detail what is wrong with the field and how to fix it
	 * @return the exception to throw
	 */
	public static FormRefusedException ofField(String variable, String field, String detail) {
		String where = "variable '%s' of POST /engine-rest/task/{id}/submit-form".formatted(variable);
		return new FormRefusedException(field.isEmpty() ? "/%s %s (%s)".formatted(variable, detail, where)
				: "/%s/%s %s (%s)".formatted(variable, field, detail, where));
	}

}
