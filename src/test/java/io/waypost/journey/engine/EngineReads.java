package io.waypost.journey.engine;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

/** The paths of all GET methods of a JAX-RS resource and of its sub-resources. */
final class EngineReads {

	private static final int DEPTH = 6;

	private EngineReads() {
	}

	/** Lists path templates such as {@code /task/{id}/variables}, sorted. */
	static SortedSet<String> of(Class<?> resource, String prefix) {
		SortedSet<String> paths = new TreeSet<>();
		collect(resource, prefix, paths, new ArrayDeque<>());
		return paths;
	}

	private static void collect(Class<?> resource, String prefix, SortedSet<String> paths, Deque<Class<?>> seen) {
		if (seen.size() > DEPTH || seen.contains(resource)) {
			return;
		}
		seen.push(resource);
		for (Method method : resource.getMethods()) {
			String path = prefix + annotation(method, Path.class).map(Path::value).map(EngineReads::segment).orElse("");
			if (annotation(method, GET.class).isPresent()) {
				paths.add(path);
			}
			else if (annotation(method, Path.class).isPresent() && !hasHttpMethod(method)) {
				collect(method.getReturnType(), path, paths, seen);
			}
		}
		seen.pop();
	}

	private static String segment(String path) {
		String plain = path.replaceAll("\\{\\s*([\\w-]+)\\s*:[^}]*}", "{$1}").replaceAll("/$", "");
		return (plain.isEmpty() || plain.startsWith("/")) ? plain : "/" + plain;
	}

	private static boolean hasHttpMethod(Method method) {
		return declarations(method).flatMap((declared) -> Arrays.stream(declared.getAnnotations()))
			.anyMatch((found) -> found.annotationType().isAnnotationPresent(HttpMethod.class));
	}

	private static <A extends Annotation> Optional<A> annotation(Method method, Class<A> type) {
		return declarations(method).map((declared) -> declared.getAnnotation(type))
			.filter((found) -> found != null)
			.findFirst();
	}

	/** The method, and the same method of the interfaces, which have the annotations. */
	private static Stream<Method> declarations(Method method) {
		return Stream.concat(Stream.of(method),
				Stream.of(method.getDeclaringClass().getInterfaces())
					.flatMap((type) -> Stream.of(type.getMethods()))
					.filter((declared) -> declared.getName().equals(method.getName())
							&& Arrays.equals(declared.getParameterTypes(), method.getParameterTypes())));
	}

}
