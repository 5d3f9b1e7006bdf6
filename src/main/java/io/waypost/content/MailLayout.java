package io.waypost.content;

import java.util.Locale;
import java.util.Map;

import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The HTML layout. Its engine knows only our own files under {@code mail/} and is not the
 * one of the web pages; user-written text reaches it as data alone.
 */
final class MailLayout {

	private final SpringTemplateEngine engine = new SpringTemplateEngine();

	MailLayout() {
		ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver();
		files.setPrefix("mail/");
		files.setSuffix(".html");
		files.setTemplateMode(TemplateMode.HTML);
		files.setCharacterEncoding("UTF-8");
		files.setCacheable(true);
		this.engine.setTemplateResolver(files);
	}

	String html(MailModel model) {
		return this.engine.process("message",
				new Context(Locale.forLanguageTag(model.language()), Map.of("mail", model)));
	}

}
