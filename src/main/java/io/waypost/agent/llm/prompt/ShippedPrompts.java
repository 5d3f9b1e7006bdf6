package io.waypost.agent.llm.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/** Reads the prompts that are part of the product: version 1 of every tenant. */
@Component
class ShippedPrompts {

	static final int VERSION = 1;

	/** Separates the instructions from the task in a file. */
	private static final String TASK = "\n## Task\n";

	private final Map<String, Prompt> prompts = new ConcurrentHashMap<>();

	/**
	 * Returns a shipped prompt.
	 * @throws IllegalArgumentException when there is no such prompt
	 */
	Prompt get(String name) {
		return this.prompts.computeIfAbsent(name, ShippedPrompts::load);
	}

	private static Prompt load(String name) {
		String file = "/prompts/" + name + ".md";
		try (InputStream in = ShippedPrompts.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalArgumentException("There is no prompt '%s'".formatted(name));
			}
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			int task = text.indexOf(TASK);
			if (task < 0) {
				throw new IllegalStateException(file + " has no heading '## Task'");
			}
			return new Prompt(name, VERSION, text.substring(0, task).strip(),
					text.substring(task + TASK.length()).strip());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

}
