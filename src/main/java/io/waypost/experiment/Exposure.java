package io.waypost.experiment;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One person was sent an arm, or was held out while others were sent theirs.
 *
 * @param profile who
 * @param assignment what {@link Assignments} said
 * @param send the message, null for somebody held out
 * @param before what the person spent in the 90 days before, for narrower intervals of
 * revenue (CUPED); null when it is not known. It is used when all have it.
 */
public record Exposure(ProfileId profile, Assignment assignment, @Nullable SendId send, @Nullable Double before) {

}
