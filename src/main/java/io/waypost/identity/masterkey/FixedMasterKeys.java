package io.waypost.identity.masterkey;

import java.util.List;

/** A master key of a setting or of a key management service. */
record FixedMasterKeys(MasterKey current, List<LocalMasterKey> retired) implements MasterKeys {
}
