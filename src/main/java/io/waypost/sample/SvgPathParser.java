package io.waypost.sample;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Reads the absolute commands M, L, C and Z of an SVG path. */
final class SvgPathParser {

	private SvgPathParser() {
	}

	static Shape parse(String text) {
		Deque<String> words = new ArrayDeque<>(
				Arrays.asList(text.replaceAll("([MLCZ])", " $1 ").strip().split("\\s+", 0)));
		Path2D path = new Path2D.Double();
		while (!words.isEmpty()) {
			String command = words.pop();
			switch (command) {
				case "M" -> path.moveTo(number(words), number(words));
				case "L" -> lines(path, words);
				case "C" -> curves(path, words);
				case "Z" -> path.closePath();
				default -> throw new IllegalArgumentException("Unknown path command '%s'".formatted(command));
			}
		}
		return path;
	}

	private static void lines(Path2D path, Deque<String> words) {
		do {
			path.lineTo(number(words), number(words));
		}
		while (nextIsNumber(words));
	}

	private static void curves(Path2D path, Deque<String> words) {
		do {
			path.curveTo(number(words), number(words), number(words), number(words), number(words), number(words));
		}
		while (nextIsNumber(words));
	}

	private static boolean nextIsNumber(Deque<String> words) {
		String next = words.peek();
		return next != null && (Character.isDigit(next.charAt(0)) || next.charAt(0) == '-');
	}

	private static double number(Deque<String> words) {
		return Double.parseDouble(words.pop());
	}

}
