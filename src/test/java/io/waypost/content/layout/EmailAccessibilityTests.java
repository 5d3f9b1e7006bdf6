package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.waypost.console.AxeCheck;
import io.waypost.console.Chromium;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every layout and block in every language in a browser, checked by axe-core. */
@Tag("browser")
class EmailAccessibilityTests {

	private static final int DESKTOP = 800;

	private static final int PHONE = 390;

	private static @Nullable Chromium chromium;

	private final EmailRenderer renderer = new EmailRenderer();

	@BeforeAll
	static void requireChromium() {
		chromium = Chromium.require();
	}

	@AfterAll
	static void close() {
		if (chromium != null) {
			chromium.close();
		}
	}

	static Stream<Arguments> layoutsAndLanguages() {
		return Stream.of(EmailDraft.Layout.values())
			.flatMap((layout) -> SampleDrafts.LANGUAGES.stream().map((locale) -> Arguments.of(layout, locale)));
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void hasNoSeriousFindings(EmailDraft.Layout layout, Locale locale) {
		EmailDraft complete = SampleDrafts.complete(locale, layout);
		Map<String, List<DraftBlock>> bodies = new LinkedHashMap<>();
		complete.body().forEach((block) -> bodies.put(block.toString(), List.of(block)));
		List<Object> findings = new ArrayList<>();
		try (Page page = page(DESKTOP, ColorScheme.LIGHT)) {
			findings.addAll(findings(page, complete));
			bodies.values()
				.forEach((body) -> findings.addAll(findings(page, SampleDrafts.draft(locale, layout, body))));
		}
		try (Page page = page(PHONE, ColorScheme.DARK)) {
			findings.addAll(findings(page, complete));
			assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
				.as("fits on a phone")
				.isTrue();
		}
		assertThat(findings).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void stacksColumnsOnPhones(EmailDraft.Layout layout, Locale locale) {
		String left = "[...document.querySelectorAll('.cell')].map(cell => Math.round(cell.getBoundingClientRect().left))";
		EmailDraft draft = SampleDrafts.complete(locale, layout);
		try (Page desktop = page(DESKTOP, ColorScheme.LIGHT); Page phone = page(PHONE, ColorScheme.LIGHT)) {
			desktop.setContent(html(draft));
			phone.setContent(html(draft));
			List<?> columns = (List<?>) desktop.evaluate(left);
			assertThat(columns).hasSize(3);
			assertThat(columns.get(1)).isNotEqualTo(columns.get(0));
			assertThat(Set.copyOf((List<?>) phone.evaluate(left))).hasSize(1);
		}
	}

	private List<?> findings(Page page, EmailDraft draft) {
		page.setContent(html(draft));
		return AxeCheck.serious(page, "{}");
	}

	private String html(EmailDraft draft) {
		return this.renderer
			.render(draft, SampleDrafts.brand("#0b6e4f"), "Maria", "campaign",
					new RecipientLinks("https://waypost.example/u/token", null, (link) -> link))
			.html();
	}

	private static Page page(int width, ColorScheme colours) {
		if (chromium == null) {
			throw new IllegalStateException("no browser");
		}
		return chromium.browser()
			.newPage(new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(colours));
	}

}
