/**
 * SCIM 2.0 (RFC 7643, RFC 7644): a directory such as Okta or Entra creates, changes and
 * deactivates users, and its groups give roles.
 */
@NullMarked
package io.waypost.access.scim;

import org.jspecify.annotations.NullMarked;
