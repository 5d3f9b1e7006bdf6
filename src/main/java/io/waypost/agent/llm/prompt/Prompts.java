package io.waypost.agent.llm.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Finds the prompt in use. */
@Component
public class Prompts {

	/** Separates the instructions from the task in a file. */
	private static final String TASK = "\n## Task\n";

	private final Map<String, Prompt> shipped = new ConcurrentHashMap<>();

	/**
	 * Returns the version of a prompt that a tenant uses.
	 * @param tenant the tenant
	 * @param name name of the prompt
	 * @return the prompt
	 * @throws IllegalArgumentException when there is no such prompt
	 */
	public Prompt current(TenantId tenant, String name) {
		return this.shipped.computeIfAbsent(name, Prompts::load);
	}

	private static Prompt load(String name) {
		String file = "/prompts/" + name + ".md";
		try (InputStream in = Prompts.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalArgumentException("There is no prompt '%s'".formatted(name));
			}
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			int task = text.indexOf(TASK);
			if (task < 0) {
				throw new IllegalStateException(file + " has no heading '## Task'");
			}
			return new Prompt(name, 1, text.substring(0, task).strip(), text.substring(task + TASK.length()).strip());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

}
