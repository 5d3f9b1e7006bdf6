package io.waypost.identity.masterkey;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master key of the vault is. At most one of the sources may be set. Every node
 * of a cluster needs the same key.
 *
 * @param masterKey 32 bytes in base64. Without it and without another source, a key is
 * created on the first start and stored in the directory {@code keys} of the data
 * directory
 * @param masterKeyFile file with 32 bytes in base64, outside the data directory; it must
 * exist
 * @param awsKms a key of AWS KMS
 * @param vaultTransit a key of the transit secrets engine of HashiCorp Vault or OpenBao
 * @param retiredMasterKeys earlier keys, 32 bytes in base64 each; needed for one start of
 * each node after the key or its source was changed
 */
@ConfigurationProperties("waypost.identity")
record MasterKeySettings(@Nullable String masterKey, @Nullable Path masterKeyFile,
		@Nullable @NestedConfigurationProperty AwsKmsSettings awsKms,
		@Nullable @NestedConfigurationProperty VaultTransitSettings vaultTransit,
		@DefaultValue List<String> retiredMasterKeys) {

	@Override
	public String toString() {
		return "MasterKeySettings[***]";
	}

}
