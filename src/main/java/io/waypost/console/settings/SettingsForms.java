package io.waypost.console.settings;

import java.util.function.Supplier;

import io.waypost.access.InvalidRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows the result of a form, or what is wrong with it, on the page that comes next. */
final class SettingsForms {

	private SettingsForms() {
	}

	/**
	 * Carries out a form.
	 * @param next gets {@code result} or {@code problem}
	 * @param action returns what the next page shows; null for nothing
	 */
	static void submit(RedirectAttributes next, Supplier<@Nullable NewSecret> action) {
		try {
			next.addFlashAttribute("secret", action.get());
		}
		catch (InvalidRequestException ex) {
			next.addFlashAttribute("problem", ex.getBody().getDetail());
		}
	}

	/**
	 * A secret that is shown once.
	 *
	 * @param kind {@code settings.secret.<kind>} in the message bundle explains it
	 * @param name what the secret belongs to
	 * @param value the secret, or a link with it
	 */
	record NewSecret(String kind, String name, String value) {

	}

}
