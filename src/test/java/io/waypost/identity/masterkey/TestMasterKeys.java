package io.waypost.identity.masterkey;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/** Master keys for tests of other packages. */
public final class TestMasterKeys {

	private TestMasterKeys() {
	}

	public static String newKey() {
		return LocalMasterKey.generate(RandomGenerator.getDefault());
	}

	/** Master keys as the settings describe them; a null key means the key file. */
	public static MasterKeys create(Path dataDirectory, @Nullable String key, String... retired) {
		return MasterKeyConfiguration.create(new MasterKeySettings(key, null, null, null, List.of(retired)),
				dataDirectory, RandomGenerator.getDefault(), Clock.systemUTC());
	}

	/** Begins a rotation as a process that is killed before its end. */
	public static MasterKeys interrupted(MasterKeys keys) {
		return new MasterKeys() {

			@Override
			public MasterKey current() {
				return keys.current();
			}

			@Override
			public List<LocalMasterKey> retired() {
				return keys.retired();
			}

			@Override
			public MasterKey next() {
				return keys.next();
			}

			@Override
			public void activateNext() {
				throw new IllegalStateException("killed");
			}

		};
	}

}
