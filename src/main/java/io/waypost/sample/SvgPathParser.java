package io.waypost.sample;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Parses the absolute commands M, L, C and Z of an SVG path. */
final class SvgPathParser {

	private SvgPathParser() {
	}

	static Shape parse(String text) {
		Deque<String> tokens = new ArrayDeque<>(
				Arrays.asList(text.replaceAll("([MLCZ])", " $1 ").strip().split("\\s+", 0)));
		Path2D path = new Path2D.Double();
		while (!tokens.isEmpty()) {
			String command = tokens.pop();
			switch (command) {
				case "M" -> path.moveTo(number(tokens), number(tokens));
				case "L" -> lines(path, tokens);
				case "C" -> curves(path, tokens);
				case "Z" -> path.closePath();
				default -> throw new IllegalArgumentException("Unknown path command '%s'".formatted(command));
			}
		}
		return path;
	}

	private static void lines(Path2D path, Deque<String> tokens) {
		do {
			path.lineTo(number(tokens), number(tokens));
		}
		while (nextIsNumber(tokens));
	}

	private static void curves(Path2D path, Deque<String> tokens) {
		do {
			path.curveTo(number(tokens), number(tokens), number(tokens), number(tokens), number(tokens),
					number(tokens));
		}
		while (nextIsNumber(tokens));
	}

	private static boolean nextIsNumber(Deque<String> tokens) {
		String next = tokens.peek();
		return next != null && (Character.isDigit(next.charAt(0)) || next.charAt(0) == '-');
	}

	private static double number(Deque<String> tokens) {
		return Double.parseDouble(tokens.pop());
	}

}
