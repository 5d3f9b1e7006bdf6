package io.waypost.policy;

import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.spi.el.ElExpression;

/**
 * Configurations of DMN engines that evaluate FEEL over plain values and no other
 * language.
 */
public final class FeelOnlyConfiguration {

	private FeelOnlyConfiguration() {
	}

	/**
	 * Creates a configuration. JUEL and script languages are refused when a table is
	 * parsed or evaluated.
	 * @return the configuration
	 */
	public static DefaultDmnEngineConfiguration create() {
		DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
		configuration.setFeelEngineFactory(CachingFeelEngine::new);
		configuration.setElProvider(FeelOnlyConfiguration::refuse);
		configuration.setScriptEngineResolver(FeelOnlyConfiguration::noEngine);
		configuration
			.setDefaultInputExpressionExpressionLanguage(DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE);
		configuration.setDefaultInputEntryExpressionLanguage(DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE);
		configuration.setDefaultOutputEntryExpressionLanguage(DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE);
		configuration.setDefaultLiteralExpressionLanguage(DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE);
		return configuration;
	}

	/**
	 * Refuses an expression of JUEL, which can call Java.
	 * @param expression the expression
	 * @return never
	 */
	public static ElExpression refuse(String expression) {
		throw new UnsupportedOperationException(
				"The expression '%s' of a decision table is not FEEL; only FEEL is allowed".formatted(expression));
	}

	@SuppressWarnings("DoNotCallSuggester") // a method reference
	private static javax.script.ScriptEngine noEngine(String language) {
		throw new UnsupportedOperationException(
				"A decision table is written in '%s'; only FEEL is allowed".formatted(language));
	}

}
