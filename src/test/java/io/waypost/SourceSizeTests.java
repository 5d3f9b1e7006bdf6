package io.waypost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits the size of types and methods. */
class SourceSizeTests {

	private static final Path SOURCES = Path.of("src/main/java");

	private record Sized(String name, int lines) {

	}

	private final List<Sized> types = new ArrayList<>();

	private final List<Sized> methods = new ArrayList<>();

	private final List<Sized> delegates = new ArrayList<>();

	SourceSizeTests() throws IOException {
		measure();
	}

	@Test
	void keepsMethodsShort() {
		assertThat(this.methods).hasSizeGreaterThan(500);
		assertThat(this.methods.stream().filter((method) -> method.lines() > 60)).as("methods above 60 lines")
			.isEmpty();
		assertThat(ninetiethPercentile(this.methods)).as("lines of nine methods in ten").isLessThanOrEqualTo(15);
	}

	@Test
	void keepsTypesSmall() {
		assertThat(this.types).hasSizeGreaterThan(100);
		assertThat(this.types.stream().filter((type) -> type.lines() > 400)).as("types above 400 code lines").isEmpty();
		assertThat(ninetiethPercentile(this.types)).as("code lines of nine types in ten").isLessThanOrEqualTo(120);
	}

	@Test
	void keepsDelegatesThin() {
		assertThat(this.delegates.stream().filter((delegate) -> delegate.lines() > 15))
			.as("delegates whose work takes more than 15 lines")
			.isEmpty();
	}

	private static int ninetiethPercentile(List<Sized> sizes) {
		List<Integer> sorted = sizes.stream().map(Sized::lines).sorted(Comparator.naturalOrder()).toList();
		return sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1);
	}

	private void measure() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
				Stream<Path> sources = Files.walk(SOURCES)) {
			List<Path> paths = sources.filter((path) -> path.toString().endsWith(".java")).toList();
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjectsFromPaths(paths));
			SourcePositions positions = Trees.instance(task).getSourcePositions();
			for (CompilationUnitTree unit : task.parse()) {
				new Ruler(unit, positions).scan(unit, null);
			}
		}
	}

	private final class Ruler extends TreePathScanner<Void, Void> {

		private final CompilationUnitTree unit;

		private final SourcePositions positions;

		private final String source;

		private final String file;

		Ruler(CompilationUnitTree unit, SourcePositions positions) {
			this.unit = unit;
			this.positions = positions;
			this.file = SOURCES.toUri().relativize(unit.getSourceFile().toUri()).getPath();
			try {
				this.source = unit.getSourceFile().getCharContent(true).toString();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public Void visitClass(ClassTree type, Void nothing) {
			if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
				SourceSizeTests.this.types.add(new Sized(this.file, codeLines(type)));
			}
			return super.visitClass(type, nothing);
		}

		@Override
		public Void visitMethod(MethodTree method, Void nothing) {
			if (method.getBody() != null) {
				Sized sized = new Sized(this.file + "#" + method.getName(), lines(method.getBody()));
				SourceSizeTests.this.methods.add(sized);
				if (method.getName().contentEquals("execute")
						&& method.getParameters().toString().contains("DelegateExecution")) {
					SourceSizeTests.this.delegates.add(sized);
				}
			}
			return super.visitMethod(method, nothing);
		}

		private int lines(Tree tree) {
			return (int) text(tree).lines().count();
		}

		private int codeLines(Tree tree) {
			return (int) text(tree).lines()
				.map(String::strip)
				.filter((line) -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("*")
						&& !line.startsWith("/*"))
				.count();
		}

		private String text(Tree tree) {
			return this.source.substring((int) this.positions.getStartPosition(this.unit, tree),
					(int) this.positions.getEndPosition(this.unit, tree));
		}

	}

}
