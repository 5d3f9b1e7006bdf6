package io.waypost.content.liquid;

import java.util.Set;
import java.util.TreeSet;

import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;

/**
 * The names that a Liquid text refers to, in all its branches.
 *
 * @param mergeTags root names that the text reads and does not assign
 * @param filters names of filters
 * @param forbiddenTags tags that read files
 */
record LiquidReferences(Set<String> mergeTags, Set<String> filters, Set<String> forbiddenTags) {

	private static final Set<String> BUILT_IN = Set.of("forloop", "tablerowloop", "blank", "empty", "nil", "null",
			"true", "false");

	static LiquidReferences of(ParseTree tree) {
		LiquidReferences found = new LiquidReferences(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
		Set<String> assigned = new TreeSet<>(BUILT_IN);
		found.walk(tree, assigned);
		found.mergeTags.removeAll(assigned);
		return found;
	}

	private void walk(ParseTree node, Set<String> assigned) {
		switch (node) {
			case LiquidParser.Lookup_id_indexesContext lookup -> this.mergeTags.add(lookup.id().getText());
			case LiquidParser.AssignmentContext assignment -> assigned.add(assignment.id().getText());
			case LiquidParser.Capture_tag_IdContext capture -> assigned.add(capture.id().getText());
			case LiquidParser.For_arrayContext loop -> assigned.add(loop.id().getText());
			case LiquidParser.For_rangeContext loop -> assigned.add(loop.id().getText());
			case LiquidParser.FilterContext filter -> this.filters.add(filter.getChild(1).getText());
			case LiquidParser.Include_tagContext include -> this.forbiddenTags.add(include.getChild(1).getText());
			case LiquidParser.Include_relative_tagContext include ->
				this.forbiddenTags.add(include.getChild(1).getText());
			default -> {
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			walk(node.getChild(i), assigned);
		}
	}

}
