package io.waypost.access.problem;

import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Treats an unreadable Accept header as absent. Spring answers it with an empty 406, also
 * instead of the problem details of another error.
 */
class LenientAcceptHeader extends HeaderContentNegotiationStrategy {

	@Override
	public List<MediaType> resolveMediaTypes(NativeWebRequest request) {
		try {
			return super.resolveMediaTypes(request);
		}
		catch (HttpMediaTypeNotAcceptableException unreadable) {
			return MEDIA_TYPE_ALL_LIST;
		}
	}

}
