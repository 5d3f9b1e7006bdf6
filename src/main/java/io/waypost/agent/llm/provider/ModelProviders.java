package io.waypost.agent.llm.provider;

import java.time.Clock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Makes the adapter of a configured provider. */
public final class ModelProviders {

	private ModelProviders() {
	}

	/**
	 * Makes an adapter. Its classes and its HTTP client are loaded at the first call, so
	 * that they do not delay the start.
	 * @param settings checked settings
	 * @param clock time to which dates in responses are compared
	 * @return the adapter
	 */
	public static ModelProvider create(ModelProviderSettings settings, Clock clock) {
		return new LazyProvider(() -> connect(settings, clock));
	}

	private static ModelProvider connect(ModelProviderSettings settings, Clock clock) {
		ProviderHttp http = new ProviderHttp(settings.connectTimeout(), clock);
		return switch (ProviderType.of(settings.type()).orElseThrow()) {
			case OPENAI, AZURE_OPENAI -> new OpenAiProvider(settings, http);
			case ANTHROPIC -> new AnthropicProvider(settings, http);
		};
	}

	private static final class LazyProvider implements ModelProvider {

		private final Supplier<ModelProvider> maker;

		private @Nullable ModelProvider made;

		LazyProvider(Supplier<ModelProvider> maker) {
			this.maker = maker;
		}

		@Override
		public ModelReply complete(ProviderRequest call) {
			return made().complete(call);
		}

		private synchronized ModelProvider made() {
			ModelProvider provider = this.made;
			if (provider == null) {
				provider = this.maker.get();
				this.made = provider;
			}
			return provider;
		}

	}

}
