package io.waypost.content.liquid.node;

import java.util.stream.Stream;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.TemplateReferences;
import org.jspecify.annotations.Nullable;

/**
 * What a loop runs over.
 *
 * @param variable name of its variable
 * @param name name of the loop: variable and collection as they are written
 * @param collection the collection
 * @param limit maximum number of elements, null for all
 * @param start index of the first element, null for 0
 * @param continues whether it starts where the last loop of the same name ended
 * @param reversed whether it runs backwards
 * @param columns columns of a table row, null for one row
 */
public record LoopHeader(String variable, String name, LiquidExpression collection, @Nullable LiquidExpression limit,
		@Nullable LiquidExpression start, boolean continues, boolean reversed, @Nullable LiquidExpression columns) {

	void addTo(TemplateReferences references) {
		Stream.of(this.collection, this.limit, this.start, this.columns).forEach((expression) -> {
			if (expression != null) {
				expression.addTo(references);
			}
		});
		references.assigned(this.variable);
	}

}
