package io.waypost.journey.engine;

import java.util.List;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.ExecutableScript;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/**
 * Removes script languages from the engine. The libraries of the engine register script
 * engines for JUEL and FEEL, and both can call Java. Here a script is refused when its
 * model is parsed, and no script engine can be found.
 */
final class NoScripts extends ScriptFactory implements ScriptEngineResolver {

	private static final List<String> LANGUAGES = List.of("juel", "feel", "feel-scala", "feel-unary-tests",
			"javascript", "ecmascript", "graal.js", "nashorn", "groovy", "python", "jython", "ruby");

	/** Applies to an engine before it is built. */
	static void configure(ProcessEngineConfigurationImpl engine) {
		NoScripts none = new NoScripts();
		engine.setScriptEngineResolver(none);
		engine.setScriptFactory(none);
		engine.setEnableFetchScriptEngineFromProcessApplication(false);
		engine.setEnableScriptEngineLoadExternalResources(false);
	}

	/**
	 * Fails when an engine that was built would still find a script engine.
	 * @throws IllegalStateException names the language
	 */
	static void verify(ProcessEngineConfigurationImpl engine) {
		ScriptEngineResolver resolver = engine.getScriptEngineResolver();
		for (String language : LANGUAGES) {
			if (resolver.getScriptEngine(language, true) != null) {
				throw new IllegalStateException(
						"The engine has a script engine for '%s'; models could run code".formatted(language));
			}
		}
		if (!(engine.getScriptFactory() instanceof NoScripts)) {
			throw new IllegalStateException("The engine compiles scripts of models; models could run code");
		}
	}

	@Override
	public ExecutableScript createScriptFromResource(String language, String resource) {
		throw refused(language);
	}

	@Override
	public ExecutableScript createScriptFromResource(String language, Expression resource) {
		throw refused(language);
	}

	@Override
	public ExecutableScript createScriptFromSource(String language, String source) {
		throw refused(language);
	}

	@Override
	public ExecutableScript createScriptFromSource(String language, Expression source) {
		throw refused(language);
	}

	@Override
	public void addScriptEngineFactory(ScriptEngineFactory factory) {
		throw refused(factory.getLanguageName());
	}

	/** A manager without engines: its class loader has no libraries. */
	@Override
	public ScriptEngineManager getScriptEngineManager() {
		return new ScriptEngineManager(ClassLoader.getPlatformClassLoader());
	}

	@Override
	public @Nullable ScriptEngine getScriptEngine(String language, boolean fromCache) {
		return null;
	}

	private static ProcessEngineException refused(String language) {
		return new ProcessEngineException(
				"Scripts are not allowed in models (language '%s'); use a service task with an element template"
					.formatted(language));
	}

}
