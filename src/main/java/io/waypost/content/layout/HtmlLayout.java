package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.content.cache.LruCache;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The HTML layout. Its engine knows only our own files under {@code mail/} and is not the
 * one of the web pages; user-written text reaches it as data alone. Messages of one shape
 * (language, brand, number of products …) differ in nothing but texts, so Thymeleaf runs
 * once for each shape and its page is filled for each recipient: 2 ms become some
 * microseconds.
 */
public final class HtmlLayout {

	private static final int SHAPES_KEPT = 300;

	private final SpringTemplateEngine engine = new SpringTemplateEngine();

	private final Map<EmailModel, HtmlSkeleton> pages = new LruCache<>(SHAPES_KEPT);

	private final String file;

	public HtmlLayout() {
		this("message");
	}

	HtmlLayout(String file) {
		this.file = file;
		ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver();
		files.setPrefix("mail/");
		files.setSuffix(".html");
		files.setTemplateMode(TemplateMode.HTML);
		files.setCharacterEncoding("UTF-8");
		files.setCacheable(true);
		this.engine.setTemplateResolver(files);
	}

	public String html(EmailModel model) {
		List<String> texts = new ArrayList<>();
		EmailModel shape = model.map((text) -> HtmlSkeleton.placeholder(texts, text));
		return page(shape).fill(texts);
	}

	/** What Thymeleaf makes of a message, without the short cut. */
	String process(EmailModel model) {
		return this.engine.process(this.file,
				new Context(Locale.forLanguageTag(model.language()), Map.of("mail", model)));
	}

	private HtmlSkeleton page(EmailModel shape) {
		synchronized (this.pages) {
			return this.pages.computeIfAbsent(shape, (unknown) -> HtmlSkeleton.of(process(unknown)));
		}
	}

}
