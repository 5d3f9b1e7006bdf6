package io.waypost.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import com.microsoft.playwright.Page;

/** Runs axe-core in a page. */
public final class AxeCheck {

	private AxeCheck() {
	}

	/**
	 * Returns the findings with the impact serious or critical.
	 * @param page an open page
	 * @param options options of axe as JSON
	 */
	public static List<?> serious(Page page, String options) {
		if (!((Boolean) page.evaluate("'axe' in window"))) {
			page.evaluate(axe());
		}
		return (List<?>) page.evaluate(
				"""
						async (rules) => (await axe.run(document, {...JSON.parse(rules), resultTypes: ['violations'], iframes: false}))
						  .violations.filter(found => ['serious', 'critical'].includes(found.impact))
						  .map(found => found.id + ': ' + found.nodes.slice(0, 3).map(node => node.html).join(' | '))""",
				options);
	}

	private static String axe() {
		try (InputStream in = AxeCheck.class.getResourceAsStream("/axe.min.js")) {
			return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
