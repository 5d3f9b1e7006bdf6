package io.waypost.access.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Ways in which people misspell the name of a field. */
enum Misspelling {

	A_LETTER_IS_MISSING {
		@Override
		String of(String name) {
			int at = name.length() / 2;
			return name.substring(0, at) + name.substring(at + 1);
		}
	},

	A_LETTER_IS_DOUBLED {
		@Override
		String of(String name) {
			int at = name.length() / 2;
			return name.substring(0, at) + name.charAt(at) + name.substring(at);
		}
	},

	TWO_LETTERS_ARE_SWAPPED {
		@Override
		String of(String name) {
			int at = name.length() / 2;
			return name.substring(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.substring(at + 1);
		}
	},

	A_LETTER_IS_WRONG {
		@Override
		String of(String name) {
			int at = name.length() - 1;
			return name.substring(0, at) + ((name.charAt(at) == 'x') ? 'y' : 'x');
		}
	},

	CAPITAL {
		@Override
		String of(String name) {
			return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
		}
	},

	WITH_UNDERSCORES {
		@Override
		String of(String name) {
			return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
		}
	},

	WITH_DASHES {
		@Override
		String of(String name) {
			return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		}
	},

	PLURAL {
		@Override
		String of(String name) {
			return name.endsWith("s") ? name.substring(0, name.length() - 1) : name + "s";
		}
	};

	abstract String of(String name);

	/** Misspellings of a name that are no other known name, and nearer to this name. */
	static List<String> all(String name, Set<String> known) {
		return Stream.of(values())
			.filter((kind) -> name.length() > 3)
			.map((kind) -> kind.of(name))
			.filter((wrong) -> known.stream()
				.noneMatch((other) -> !other.equals(name) && distance(other, wrong) <= distance(name, wrong)))
			.filter((wrong) -> !wrong.equals(name))
			.distinct()
			.toList();
	}

	private static int distance(String one, String two) {
		int[] row = new int[two.length() + 1];
		for (int index = 0; index < row.length; index++) {
			row[index] = index;
		}
		for (int first = 1; first <= one.length(); first++) {
			int diagonal = row[0];
			row[0] = first;
			for (int second = 1; second <= two.length(); second++) {
				int change = diagonal + ((one.charAt(first - 1) == two.charAt(second - 1)) ? 0 : 1);
				diagonal = row[second];
				row[second] = Math.min(change, 1 + Math.min(row[second], row[second - 1]));
			}
		}
		return row[two.length()];
	}

}
