package io.waypost.console.settings;

import java.util.List;
import java.util.function.Function;

import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.ui.Model;

/** Pages of the lists under Settings, in the order of names. */
final class SettingsPaging {

	/** Rows on a page. */
	static final int ROWS = 100;

	private SettingsPaging() {
	}

	/** Returns the name after which the page begins, empty for the first page. */
	static String after(@Nullable String cursor) {
		return Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
	}

	/** Adds the rows to the model, and {@code next} if there are more. */
	static <T> void addPage(Model model, String attribute, List<T> rows, Function<T, String> name) {
		Page<T> page = Cursor.page(rows, ROWS, (last) -> Cursor.of(name.apply(last)));
		model.addAttribute(attribute, page.items());
		model.addAttribute("next", page.nextCursor());
	}

}
