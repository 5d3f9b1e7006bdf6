package io.waypost.journey.engine.web;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import org.camunda.bpm.admin.impl.web.AdminApplication;
import org.camunda.bpm.cockpit.impl.web.CockpitApplication;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.tasklist.impl.web.TasklistApplication;
import org.camunda.bpm.webapp.impl.engine.EngineRestApplication;
import org.camunda.bpm.welcome.impl.web.WelcomeApplication;

/** Lists the endpoints of the engine's JAX-RS applications by reflection. */
public final class EngineEndpoints {

	private static final int MAX_DEPTH = 6;

	private final Set<String> endpoints = new TreeSet<>();

	private EngineEndpoints() {
	}

	/**
	 * Lists the endpoints of the REST API and of the web applications.
	 * @return method and path with placeholders, such as {@code GET
	 * /engine-rest/task/{id}}
	 */
	public static Set<String> all() {
		EngineEndpoints found = new EngineEndpoints();
		CamundaRestResources.getResourceClasses().forEach((resource) -> found.add("/engine-rest", resource));
		found.addAll("/camunda/api/engine", new EngineRestApplication().getClasses());
		found.addAll("/camunda/api/admin", new AdminApplication().getClasses());
		found.addAll("/camunda/api/cockpit", new CockpitApplication().getClasses());
		found.addAll("/camunda/api/tasklist", new TasklistApplication().getClasses());
		found.addAll("/camunda/api/welcome", new WelcomeApplication().getClasses());
		return found.endpoints;
	}

	private void addAll(String base, Set<Class<?>> resources) {
		resources.forEach((resource) -> add(base, resource));
	}

	private void add(String base, Class<?> resource) {
		Path path = annotation(resource, Path.class);
		if (path != null) {
			walk(join(base, path.value()), resource, 0);
		}
	}

	private void walk(String base, Class<?> resource, int depth) {
		for (Method method : resource.getMethods()) {
			Path path = annotation(method, Path.class);
			String full = (path != null) ? join(base, path.value()) : base;
			String verb = verb(method);
			if (verb != null) {
				this.endpoints.add(verb + " " + full);
			}
			else if (path != null && depth < MAX_DEPTH) {
				walk(full, method.getReturnType(), depth + 1);
			}
		}
	}

	private static String join(String base, String path) {
		String plain = path.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
		String joined = base + "/" + plain;
		joined = joined.replaceAll("/{2,}", "/");
		return (joined.length() > 1 && joined.endsWith("/")) ? joined.substring(0, joined.length() - 1) : joined;
	}

	private static String verb(Method method) {
		for (Method declared : declarations(method)) {
			for (Annotation annotation : declared.getAnnotations()) {
				HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
				if (verb != null) {
					return verb.value();
				}
			}
		}
		return null;
	}

	private static <A extends Annotation> A annotation(Method method, Class<A> type) {
		return declarations(method).stream()
			.map((declared) -> declared.getAnnotation(type))
			.filter((found) -> found != null)
			.findFirst()
			.orElse(null);
	}

	private static <A extends Annotation> A annotation(Class<?> resource, Class<A> type) {
		return types(resource).stream()
			.map((declared) -> declared.getAnnotation(type))
			.filter((found) -> found != null)
			.findFirst()
			.orElse(null);
	}

	/** The method and the methods that it implements, which have the annotations. */
	private static List<Method> declarations(Method method) {
		List<Method> declarations = new ArrayList<>();
		for (Class<?> type : types(method.getDeclaringClass())) {
			try {
				declarations.add(type.getMethod(method.getName(), method.getParameterTypes()));
			}
			catch (NoSuchMethodException notDeclared) {
				// this type does not have the method
			}
		}
		return declarations;
	}

	private static Set<Class<?>> types(Class<?> type) {
		Set<Class<?>> all = new HashSet<>();
		List<Class<?>> open = new ArrayList<>(List.of(type));
		while (!open.isEmpty()) {
			Class<?> next = open.removeLast();
			if (all.add(next)) {
				open.addAll(List.of(next.getInterfaces()));
				if (next.getSuperclass() != null) {
					open.add(next.getSuperclass());
				}
			}
		}
		return all;
	}

	public static void main(String[] arguments) {
		all().forEach(System.out::println);
	}

}
