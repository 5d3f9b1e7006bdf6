/**
 * Users, groups, tenants and permissions of the engine, read from the room access.
 */
@NullMarked
package io.waypost.journey.engine.identity;

import org.jspecify.annotations.NullMarked;
